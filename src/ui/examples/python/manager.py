from multiprocessing import Manager, Process


def count(word, totals, order, lock):
    order.append(word)
    for letter in word:
        # Two calls to the server, a look and a change: without
        # the lock another process could come in between.
        with lock:
            totals[letter] = totals.get(letter, 0) + 1


if __name__ == '__main__':
    # The dict, the list and the lock live in a process of their
    # own; the others have proxies, which ask it over a socket.
    with Manager() as manager:
        totals, order = manager.dict(), manager.list()
        shared = totals, order, manager.Lock()
        workers = [Process(target=count, args=(word, *shared))
                   for word in ('banana', 'bandana', 'cabana')]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print('words:', sorted(order))
        print('letters:', dict(sorted(totals.items())))
