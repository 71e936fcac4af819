import time
from multiprocessing import Pool, current_process


def square(n):
    time.sleep(0.05 + n % 4 * 0.03)
    print(current_process().name, 'squares', n)
    return n * n


if __name__ == '__main__':
    with Pool(4) as pool:
        squares = pool.map(square, range(12), chunksize=1)
    print(squares)
