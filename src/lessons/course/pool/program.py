import time
from multiprocessing import Pool

JOBS = 6
WORKERS = 2


def work(number):
    time.sleep(1)
    return number * number


if __name__ == '__main__':
    with Pool(WORKERS) as pool:
        print(pool.map(work, range(JOBS), chunksize=1))
