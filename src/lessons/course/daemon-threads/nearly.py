import threading
import time

LONG = 5
SHORT = 2

finished = threading.Event()


def job(name, seconds):
    time.sleep(seconds)
    if name == 'daemon':
        finished.set()
    print(name, 'is done')


threading.Thread(target=job, args=('needed', SHORT), name='needed').start()
threading.Thread(target=job, args=('daemon', LONG), name='daemon', daemon=True).start()
finished.wait()
print('main is done')
