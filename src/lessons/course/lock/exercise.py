import threading
import time

THREADS = 3

lock = threading.Lock()
log = []


def work(number):
    lock.acquire()
    time.sleep(1)
    line = 10 // number  # somebody has the number 0
    log.append(line)
    lock.release()


threads = [threading.Thread(target=work, args=(n,), name=f'worker-{n}') for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('log has', len(log))
