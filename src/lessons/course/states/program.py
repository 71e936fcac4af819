import time
from multiprocessing import Process

TURNS = 60000
NAP = 0.02


def compute(name):
    print(name, 'begins')
    total = 0
    for number in range(TURNS):
        total += number
    print(name, 'ends')


def rest():
    time.sleep(NAP)


if __name__ == '__main__':
    tasks = [
        Process(target=compute, args=('busy-1',), name='busy-1'),
        Process(target=compute, args=('busy-2',), name='busy-2'),
        Process(target=rest, name='sleeper'),
    ]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
