import time
from multiprocessing import Process, Queue

END = None


def picker(basket, fruit):
    for number in range(3):
        time.sleep(0.05)
        basket.put(f'{fruit} {number}')


def eater(basket, name):
    while (fruit := basket.get()) is not END:
        time.sleep(0.04)
        print(name, 'ate', fruit)
    print(name, 'is full')


if __name__ == '__main__':
    basket = Queue()
    pickers = [
        Process(target=picker, args=(basket, fruit), name=fruit)
        for fruit in ('apple', 'pear')]
    eaters = [
        Process(target=eater, args=(basket, name), name=name)
        for name in ('Ann', 'Bob')]
    for process in pickers + eaters:
        process.start()
    for process in pickers:
        process.join()
    for _ in eaters:
        basket.put(END)  # one each: who takes it leaves
    for process in eaters:
        process.join()
