import time

FILES = 3
DOWNLOAD = 2


def fetch(number):
    time.sleep(DOWNLOAD)  # waiting for an answer
    print('file', number, 'is there')


for number in range(FILES):
    fetch(number)
print('all are there')
