import time
from queue import Queue
from threading import Thread


def baker(counter):
    for bread in range(6):
        counter.put(f'bread {bread}')
        print('baked', bread)
    counter.put(None)


def customer(counter):
    while (bread := counter.get()) is not None:
        time.sleep(0.1)
        print('bought', bread)


if __name__ == '__main__':
    counter = Queue(maxsize=2)
    threads = [
        Thread(target=act, args=(counter,), name=act.__name__)
        for act in (baker, customer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
