import threading
import time

THREADS = 3
NAP = 2

results = {}


def square(n):
    time.sleep(NAP)
    results[n] = n * n


for n in range(THREADS):
    threading.Thread(target=square, args=(n,), name=f'worker-{n}').start()
print('sum', sum(results.values()))
