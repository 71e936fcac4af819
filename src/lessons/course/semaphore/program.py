import threading
import time

CARS = 5
PLACES = 2

places = threading.Semaphore(PLACES)


def park(number):
    with places:
        print('car', number, 'is in')
        time.sleep(1)
    print('car', number, 'is out')


cars = [threading.Thread(target=park, args=(n,), name=f'car-{n}') for n in range(CARS)]
for car in cars:
    car.start()
for car in cars:
    car.join()
