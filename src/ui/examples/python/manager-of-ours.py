from multiprocessing import Process
from multiprocessing.managers import BaseManager


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def pay_in(self, amount):
        self.balance += amount
        return f'{self.owner} has {self.balance}'


class Bank(BaseManager):
    """A server process with the classes that we register."""


Bank.register('Account', Account)


def save(account, amounts):
    for amount in amounts:
        print(account.pay_in(amount))


if __name__ == '__main__':
    with Bank() as bank:
        account = bank.Account('Ada')
        amounts = [10, 20, 30]
        saver = Process(target=save, args=(account, amounts))
        saver.start()
        saver.join()
        print('at the end:', account.pay_in(0))
