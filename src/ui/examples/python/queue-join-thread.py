import time
from multiprocessing import Process, Queue


def reader(q):
    time.sleep(0.5)
    print('read', len(q.get()), 'bytes')


if __name__ == '__main__':
    q = Queue()
    Process(target=reader, args=(q,), name='reader').start()
    # A queue is a pipe with a thread that feeds it. put()
    # hands the bytes to that thread; not all fit in the pipe.
    q.put(bytes(1_000_000))
    print('put is back at once')
    q.close()
    began = time.perf_counter()
    q.join_thread()  # until the feeder has passed on everything
    waited = time.perf_counter() - began
    print('the feeder had to wait:', waited > 0.2)
