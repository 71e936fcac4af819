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


if __name__ == '__main__':
    pool = Pool(JOBS)
    for dish in range(JOBS):
        pool.apply_async(cook, (dish,), callback=serve)
    pool.close()
    pool.join()
