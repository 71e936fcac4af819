import time
from threading import Thread


def count(n):
    while n > 0:
        n -= 1


N = 2_000_000

if __name__ == '__main__':
    began = time.perf_counter()
    count(N)
    count(N)
    alone = time.perf_counter() - began

    # Only the thread that has the GIL runs, so two threads
    # take turns and are no quicker than one.
    began = time.perf_counter()
    threads = [
        Thread(target=count, args=(N,), name=f'counter {n}')
        for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = time.perf_counter() - began
    print(f'one {alone:.2f} s, two {together:.2f} s')
