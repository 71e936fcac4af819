import os
import time
from multiprocessing import Pool


def task(n):
    time.sleep(0.05)
    return os.getpid()


def workers_of(**options):
    with Pool(2, **options) as pool:
        return len(set(pool.map(task, range(8), chunksize=1)))


if __name__ == '__main__':
    # A worker that has done two tasks ends, and a fresh process
    # takes its place: what tasks have left behind goes with it.
    print('8 tasks, 2 each:', workers_of(maxtasksperchild=2))
    print('without a limit:', workers_of())
