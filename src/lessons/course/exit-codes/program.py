import sys
import time
from multiprocessing import Process

CODE = 4


def well():
    print('well: nothing to complain of')


def choosing():
    sys.exit(CODE)


def failing():
    raise ValueError('no such thing')


def sleeping():
    time.sleep(1000)


if __name__ == '__main__':
    children = [Process(target=work, name=work.__name__) for work in (well, choosing, failing, sleeping)]
    for child in children:
        child.start()
    time.sleep(1)
    children[3].terminate()
    for child in children:
        child.join()
        print(child.name, 'ended with', child.exitcode)
