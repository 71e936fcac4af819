import threading
import time

THREADS = 3
NAP = 2

basket = []


def shop(name):
    time.sleep(NAP)
    basket.append(name)


threads = [threading.Thread(target=shop, args=(n,), name=f'shopper-{n}') for n in range(THREADS)]
for thread in threads:
    thread.start()
print('main: they are on their way')
for thread in threads:
    thread.join()
print('main: the basket holds', len(basket))
