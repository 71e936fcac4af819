import threading
import time

RUNNERS = 3
WAIT = 2

start = threading.Event()


def run(number):
    start.wait()
    print('runner', number, 'runs')


runners = [threading.Thread(target=run, args=(n,), name=f'runner-{n}') for n in range(RUNNERS)]
for runner in runners:
    runner.start()
time.sleep(WAIT)
print('go!')
start.set()
for runner in runners:
    runner.join()
