import time
from multiprocessing import Process

shopping = ['bread']


def add(item):
    shopping.append(item)
    print('the child sees', shopping)


if __name__ == '__main__':
    child = Process(target=add, args=('milk',))
    shopping.append('eggs')  # before the start
    child.start()
    time.sleep(0.1)
    shopping.append('tea')  # after it: the child has no tea
    child.join()
    # Each process has a list of its own, and changed only that.
    print('the parent sees', shopping)
