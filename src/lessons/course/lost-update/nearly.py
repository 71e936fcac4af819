import threading
import time

DEPOSITS = 3
THREADS = 2

balance = 0


def deposit():
    global balance
    for _ in range(DEPOSITS):
        balance += 1
        time.sleep(0.01)  # somebody else may come now


threads = [threading.Thread(target=deposit, name=f'teller-{n}') for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('balance', balance)
