import time
from multiprocessing import Process, Semaphore


def car(name, hours, places):
    print(name, 'arrives')
    with places:
        print(name, 'parks')
        time.sleep(hours / 10)
        print(name, 'leaves')


if __name__ == '__main__':
    places = Semaphore(2)
    hours = dict(red=4, blue=2, green=3, black=1, white=2)
    cars = [
        Process(target=car, args=(name, hours[name], places),
                name=name)
        for name in hours]
    for process in cars:
        process.start()
    for process in cars:
        process.join()
