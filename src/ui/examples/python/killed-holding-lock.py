import time
from multiprocessing import Lock, Process


def hold(door):
    door.acquire()
    print('the door is locked from inside')
    time.sleep(60)
    door.release()


if __name__ == '__main__':
    door = Lock()
    sleeper = Process(target=hold, args=(door,), name='sleeper')
    sleeper.start()
    time.sleep(0.3)
    sleeper.terminate()
    sleeper.join()
    # A killed process does not give back what it holds.
    if not door.acquire(timeout=0.5):
        print('nobody is inside, and the door stays locked')
