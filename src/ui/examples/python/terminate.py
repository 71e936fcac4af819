import time
from multiprocessing import Process


def tidy_up():
    try:
        while True:
            print('still tidying up')
            time.sleep(0.1)
    finally:
        print('never printed: the killed clean up nothing')


if __name__ == '__main__':
    worker = Process(target=tidy_up)
    worker.start()
    time.sleep(0.35)
    worker.terminate()
    print('right after terminate, alive:', worker.is_alive())
    worker.join()
    print('after join, alive:', worker.is_alive())
    print('ended by signal', -worker.exitcode)
