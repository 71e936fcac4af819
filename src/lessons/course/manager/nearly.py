from multiprocessing import Manager, Process

WORKERS = 3


def add(totals, number):
    totals['list'] = totals['list'] + [number]


if __name__ == '__main__':
    with Manager() as manager:
        totals = manager.dict(list=[])
        workers = [Process(target=add, args=(totals, n), name=f'worker-{n}') for n in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print('list has', len(totals['list']))
