import time
from multiprocessing import Process


def wash(load):
    print('load', load, 'begins')
    time.sleep(0.3)
    print('load', load, 'ends')


def timed(title, wash_all):
    began = time.perf_counter()
    wash_all([Process(target=wash, args=(n,)) for n in 'ABC'])
    print(f'{title}: {time.perf_counter() - began:.1f} seconds')


def one_by_one(processes):
    for process in processes:
        process.start()
        process.join()


def together(processes):
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == '__main__':
    timed('one after another', one_by_one)
    timed('at the same time', together)
