from multiprocessing import Lock, Process
from multiprocessing.shared_memory import ShareableList


def buy(name, place, lock):
    # Attached by its name; no proxy and no pipe in between.
    stock = ShareableList(name=name)
    for _ in range(3):
        with lock:
            stock[place] -= 1
    stock.shm.close()


if __name__ == '__main__':
    stock = ShareableList([10, 20, 'apples and pears'])
    name, lock = stock.shm.name, Lock()
    buyers = [Process(target=buy, args=(name, place, lock))
              for place in (0, 1, 1)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    print('left:', list(stock))
    # The block stays until somebody takes it away.
    stock.shm.close()
    stock.shm.unlink()
