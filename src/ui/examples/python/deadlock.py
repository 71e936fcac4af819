import time
from threading import Lock, Thread

fork = Lock()
knife = Lock()


def eat(name, first, second):
    with first:
        print(name, 'has one, wants the other')
        time.sleep(0.2)
        with second:
            print(name, 'eats')


if __name__ == '__main__':
    # Each holds what the other waits for. They would eat
    # if both reached for the fork first.
    hands = [('Ann', fork, knife), ('Bob', knife, fork)]
    diners = [Thread(target=eat, args=hand, name=hand[0])
              for hand in hands]
    for diner in diners:
        diner.start()
    for diner in diners:
        diner.join()
    print('this is never printed')
