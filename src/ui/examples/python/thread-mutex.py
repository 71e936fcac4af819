import time
from threading import Lock, Thread

tickets = 3
counter = Lock()


def buy(name):
    global tickets
    with counter:  # one customer at a time looks and buys
        if tickets > 0:
            time.sleep(0.1)
            tickets -= 1
            print(name, 'has a ticket;', tickets, 'left')
        else:
            print(name, 'is too late')


if __name__ == '__main__':
    buyers = [Thread(target=buy, args=(name,), name=name)
              for name in ('Ann', 'Bob', 'Cem', 'Dee', 'Eve')]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    print('tickets left:', tickets)
