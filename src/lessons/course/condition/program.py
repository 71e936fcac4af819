import threading
import time

EATERS = 3
CAKES = 2

baked = threading.Condition()
cakes = 0


def eat(number):
    global cakes
    with baked:
        while cakes == 0:
            baked.wait()
        cakes -= 1
        print('eater', number, 'has a cake')


def bake():
    global cakes
    for _ in range(EATERS):
        time.sleep(CAKES)
        with baked:
            cakes += 1
            baked.notify()


threads = [threading.Thread(target=eat, args=(n,), name=f'eater-{n}') for n in range(EATERS)]
threads.append(threading.Thread(target=bake, name='baker'))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
