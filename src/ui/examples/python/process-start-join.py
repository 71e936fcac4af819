import os
import time
from multiprocessing import Process


def bake(cake, seconds):
    print(cake, 'goes into the oven, process', os.getpid())
    time.sleep(seconds)
    print(cake, 'is done')


if __name__ == '__main__':
    baker = Process(target=bake, args=('apple pie', 0.4))
    print('before start there is no process:', baker.pid)
    baker.start()
    print('the main process goes on at once')
    time.sleep(0.1)
    print('now it has nothing to do but wait')
    baker.join()
    print('the pie is ready, exit code', baker.exitcode)
