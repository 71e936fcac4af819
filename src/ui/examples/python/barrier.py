import time
from multiprocessing import Barrier, Process


def hiker(name, speed, summit):
    for stage in 1, 2:
        time.sleep(speed)
        print(name, 'is at hut', stage)
        if summit.wait() == 0:
            print('--- all are at hut', stage)


if __name__ == '__main__':
    summit = Barrier(3)
    speeds = {'Ann': 0.1, 'Bob': 0.25, 'Cem': 0.4}
    hikers = [
        Process(target=hiker, args=(name, speed, summit),
                name=name)
        for name, speed in speeds.items()]
    for process in hikers:
        process.start()
    for process in hikers:
        process.join()
