import threading
import time

EATERS = 3

baked = threading.Condition()
cakes = 0


def eat(number):
    global cakes
    if cakes == 0:
        with baked:
            baked.wait()
    with baked:
        cakes -= 1
        print('eater', number, 'has a cake')


def bake():
    global cakes
    for _ in range(EATERS):
        with baked:
            cakes += 1
            baked.notify()


threads = [threading.Thread(target=bake, name='baker')]
threads += [threading.Thread(target=eat, args=(n,), name=f'eater-{n}') for n in range(EATERS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('left', cakes)
