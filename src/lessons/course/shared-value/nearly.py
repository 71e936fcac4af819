import time
from multiprocessing import Process, Value

START = 100
FIRST = 30
SECOND = 50


def withdraw(balance, amount):
    balance.value -= amount
    time.sleep(1)  # the bank thinks


if __name__ == '__main__':
    balance = Value('i', START)
    first = Process(target=withdraw, args=(balance, FIRST), name='first')
    second = Process(target=withdraw, args=(balance, SECOND), name='second')
    first.start()
    second.start()
    first.join()
    second.join()
    print('left', balance.value)
