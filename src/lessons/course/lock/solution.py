import threading
import time

THREADS = 3

lock = threading.Lock()
log = []


def work(number):
    with lock:
        time.sleep(1)
        line = 10 // number  # somebody has the number 0
        log.append(line)


threads = [threading.Thread(target=work, args=(n,), name=f'worker-{n}') for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('log has', len(log))
