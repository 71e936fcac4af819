import time
from multiprocessing import Process


def count(n):
    while n > 0:
        n -= 1


N = 3_000_000

if __name__ == '__main__':
    began = time.perf_counter()
    count(N)
    count(N)
    alone = time.perf_counter() - began

    # Each process has a GIL of its own: on two processors
    # both of them run at the same time.
    began = time.perf_counter()
    processes = [
        Process(target=count, args=(N,), name=f'counter {n}')
        for n in (1, 2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    together = time.perf_counter() - began
    print(f'one {alone:.2f} s, two {together:.2f} s')
