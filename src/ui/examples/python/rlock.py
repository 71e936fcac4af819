import time
from threading import RLock, Thread

balance = 100
account = RLock()  # who has it may take it again


def withdraw(amount):
    global balance
    with account:
        before = balance
        time.sleep(0.05)
        balance = before - amount


def transfer(name, amounts):
    with account:  # all of them, with nobody in between
        for amount in amounts:
            withdraw(amount)
            print(name, 'has taken', amount, 'leaving', balance)


if __name__ == '__main__':
    amounts = {'Ann': [10, 20], 'Bob': [5, 5, 5]}
    threads = [Thread(target=transfer, args=item, name=item[0])
               for item in amounts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print('left:', balance)
