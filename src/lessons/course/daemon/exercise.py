import time
from multiprocessing import Process

WORK = 3


def save():
    for page in range(1, WORK + 1):
        time.sleep(1)
        print('saved page', page)


if __name__ == '__main__':
    saver = Process(target=save, name='saver', daemon=True)
    saver.start()
    print('main: done')
