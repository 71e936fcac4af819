import threading
import time

THREADS = 3
HOLD = 1

lock = threading.Lock()


def enter(number):
    print(number, 'is at the door')
    with lock:
        time.sleep(HOLD)
    print(number, 'is out')


threads = [threading.Thread(target=enter, args=(n,), name=f'visitor-{n}') for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
