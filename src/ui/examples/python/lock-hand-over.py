import time
from multiprocessing import Lock, Process


def guest(name, wait, bathroom):
    time.sleep(wait)
    print(name, 'knocks')
    with bathroom:
        print(name, 'is in')
        time.sleep(0.25)
        print(name, 'comes out')


if __name__ == '__main__':
    bathroom = Lock()
    waits = {'Ann': 0, 'Bob': 0.1, 'Cem': 0.15}
    guests = [
        Process(target=guest, args=(name, wait, bathroom),
                name=name)
        for name, wait in waits.items()]
    for process in guests:
        process.start()
    for process in guests:
        process.join()
