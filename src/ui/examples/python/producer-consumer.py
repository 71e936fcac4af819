import time
from multiprocessing import Process, Queue


def producer(q, count):
    for item in range(1, count + 1):
        q.put(item)
        print('made', item)
        time.sleep(0.05)
    q.put(None)  # nothing more comes


def consumer(q):
    while (item := q.get()) is not None:
        time.sleep(0.12)
        print('used', item)


if __name__ == '__main__':
    # Room for three: a fast producer has to wait.
    q = Queue(3)
    make = Process(target=producer, args=(q, 8))
    use = Process(target=consumer, args=(q,))
    make.name, use.name = 'producer', 'consumer'
    make.start()
    use.start()
    make.join()
    use.join()
    print('both are done')
