import time
from multiprocessing import Process

WORK = 3
EVERY = 1


def heartbeat():
    beats = 0
    while True:
        time.sleep(EVERY)
        beats += 1
        print('beat', beats)


if __name__ == '__main__':
    watcher = Process(target=heartbeat, name='watcher', daemon=True)
    watcher.start()
    print('main: working')
    time.sleep(WORK + 0.5)
    print('main: done')
