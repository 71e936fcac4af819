import threading
import time

FILES = 3
DOWNLOAD = 2


def fetch(number):
    time.sleep(DOWNLOAD)  # waiting for an answer
    print('file', number, 'is there')


threads = [threading.Thread(target=fetch, args=(number,)) for number in range(FILES)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('all are there')
