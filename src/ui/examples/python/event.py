import time
from multiprocessing import Event, Process


def runner(name, patience, start):
    print(name, 'is ready')
    if start.wait(timeout=patience):
        print(name, 'runs')
    else:
        print(name, 'has gone home')


if __name__ == '__main__':
    start = Event()
    patience = {'Ann': 5, 'Bob': 0.2, 'Cem': 5}
    runners = [
        Process(target=runner, args=(name, seconds, start),
                name=name)
        for name, seconds in patience.items()]
    for process in runners:
        process.start()
    time.sleep(0.6)
    print('go!')
    start.set()
    for process in runners:
        process.join()
