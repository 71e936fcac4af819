import time
from threading import Thread

tickets = 3


def buy(name):
    global tickets
    if tickets > 0:
        # Between the look and the sale all the others look.
        time.sleep(0.05)
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
