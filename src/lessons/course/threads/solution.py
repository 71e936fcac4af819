import threading
import time

THREADS = 3
NAP = 2

results = {}


def square(n):
    time.sleep(NAP)
    results[n] = n * n


threads = [threading.Thread(target=square, args=(n,), name=f'worker-{n}') for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('sum', sum(results.values()))
