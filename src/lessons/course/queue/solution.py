import time
from multiprocessing import Process, Queue
from queue import Empty

LETTERS = 4


def post(q):
    for number in range(1, LETTERS + 1):
        q.put(f'letter {number}')
        time.sleep(number)
    q.put(None)


def read(q):
    got = 0
    while (letter := q.get()) is not None:
        print('read', letter)
        got += 1
    print('got', got)


if __name__ == '__main__':
    q = Queue()
    writer = Process(target=post, args=(q,), name='writer')
    reader = Process(target=read, args=(q,), name='reader')
    writer.start()
    reader.start()
    reader.join()
    writer.join()
