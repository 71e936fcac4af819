import threading
import time

WAIT = 2

ready = threading.Event()
data = []


def load():
    time.sleep(WAIT)
    ready.set()
    data.append('a large file')


def use():
    ready.wait()
    print('using', data[0])


threads = [threading.Thread(target=load, name='loader'), threading.Thread(target=use, name='user')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('done')
