import threading
import time

SEATS = 1
BUYERS = 2

seats = SEATS
lock = threading.Lock()


def buy(name):
    global seats
    if seats > 0:
        with lock:
            seats -= 1
        time.sleep(0.1)  # paying
        print(name, 'has a ticket')


buyers = [threading.Thread(target=buy, args=(f'buyer-{n}',), name=f'buyer-{n}') for n in range(BUYERS)]
for buyer in buyers:
    buyer.start()
for buyer in buyers:
    buyer.join()
print('seats left', seats)
