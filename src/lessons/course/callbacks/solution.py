import time
from multiprocessing import Pool

JOBS = 3


def cook(dish):
    time.sleep(1)
    if dish == 1:
        raise RuntimeError('it burnt')
    return f'dish {dish}'


def serve(dish):
    print('served:', dish)


def excuse(error):
    print('sorry:', error)


if __name__ == '__main__':
    pool = Pool(JOBS)
    for dish in range(JOBS):
        pool.apply_async(cook, (dish,), callback=serve, error_callback=excuse)
    pool.close()
    pool.join()
