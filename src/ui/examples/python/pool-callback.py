import threading
import time
from multiprocessing import Pool


def divide(number, by):
    time.sleep(0.1)
    return number / by


def good(result):
    thread = threading.current_thread()
    print('result', result, 'in', thread.name)


def bad(error):
    print('no result:', error)


if __name__ == '__main__':
    with Pool(3) as pool:
        # Callbacks run in the main process, in a thread that
        # belongs to the pool.
        for by in 4, 2, 0, 8:
            pool.apply_async(divide, (12, by), callback=good,
                             error_callback=bad)
        pool.close()
        pool.join()
    print('done in', threading.current_thread().name)
