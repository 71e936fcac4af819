import time
from queue import LifoQueue, PriorityQueue, Queue
from threading import Thread

TASKS = [(2, 'dinner'), (1, 'fire!'), (3, 'garden')]


def helper(kind, tasks):
    for _ in TASKS:
        urgency, task = tasks.get()
        print(kind, 'gives', task)
        time.sleep(0.1)


if __name__ == '__main__':
    for tasks in Queue(), LifoQueue(), PriorityQueue():
        kind = type(tasks).__name__
        for task in TASKS:
            tasks.put(task)
        thread = Thread(target=helper, args=(kind, tasks))
        thread.name = kind
        thread.start()
        thread.join()
