import threading
from multiprocessing import Process

TURNS = 200000
TASKS = 2


def compute(name):
    print(name, 'begins')
    total = 0
    for number in range(TURNS):
        total += number
    print(name, 'ends')


if __name__ == '__main__':
    tasks = [threading.Thread(target=compute, args=(n,), name=f'task-{n}') for n in range(TASKS)]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
