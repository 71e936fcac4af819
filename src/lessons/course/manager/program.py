from multiprocessing import Manager, Process

WORKERS = 3


def count(words, number):
    words[f'worker {number}'] = number * 10


if __name__ == '__main__':
    with Manager() as manager:
        words = manager.dict()
        workers = [Process(target=count, args=(words, n), name=f'worker-{n}') for n in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print(len(words), 'entries, together', sum(words.values()))
