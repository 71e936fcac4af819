import sys
import time
from multiprocessing import Process

CODE = 4


def check(number):
    if number == 2:
        raise ValueError('number 2 is broken')
    if number == 3:
        time.sleep(1000)


if __name__ == '__main__':
    children = [Process(target=check, args=(n,), name=f'check-{n}') for n in range(1, 5)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    sys.exit(0)
