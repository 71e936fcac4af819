import threading
import time

THREADS = 3
DOWNLOAD = 2


def fetch(number):
    time.sleep(DOWNLOAD)  # waiting for an answer
    total = 0
    for step in range(20000):  # working on it
        total += step
    print('file', number, 'is there')


threads = [threading.Thread(target=fetch, args=(n,), name=f'fetch-{n}') for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
