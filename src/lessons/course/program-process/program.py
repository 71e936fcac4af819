import os
import time
from multiprocessing import Process

CHILDREN = 3
NAP = 2


def work(number):
    print(f'process {os.getpid()}: I am number {number}, child of {os.getppid()}')
    time.sleep(NAP)
    print(f'process {os.getpid()}: done')


if __name__ == '__main__':
    print(f'process {os.getpid()}: I start {CHILDREN} others')
    children = [Process(target=work, args=(n,), name=f'child-{n}') for n in range(CHILDREN)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print('all done')
