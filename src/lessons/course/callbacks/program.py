import time
from multiprocessing import Pool

JOBS = 3
SLOW = 3


def cook(dish):
    time.sleep(SLOW if dish == 0 else dish)
    return f'dish {dish}'


def serve(dish):
    print('served:', dish)


if __name__ == '__main__':
    pool = Pool(JOBS)
    for dish in range(JOBS):
        pool.apply_async(cook, (dish,), callback=serve)
    pool.close()
    print('all are ordered')
    pool.join()
    print('all are served')
