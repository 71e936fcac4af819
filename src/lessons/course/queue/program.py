import time
from multiprocessing import Process, Queue

LETTERS = 4


def post(q):
    for number in range(1, LETTERS + 1):
        q.put(f'letter {number}')
        time.sleep(1)


def read(q):
    for _ in range(LETTERS):
        print('read', q.get())


if __name__ == '__main__':
    q = Queue()
    writer = Process(target=post, args=(q,), name='writer')
    reader = Process(target=read, args=(q,), name='reader')
    reader.start()
    writer.start()
    reader.join()
    writer.join()
