import threading
import time

LONG = 5
SHORT = 2


def job(name, seconds):
    time.sleep(seconds)
    print(name, 'is done')


threading.Thread(target=job, args=('needed', SHORT), name='needed').start()
threading.Thread(target=job, args=('daemon', LONG), name='daemon', daemon=True).start()
print('main is done')
