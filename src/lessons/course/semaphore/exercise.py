import threading
import time

CARS = 5
PLACES = 2

places = threading.Semaphore(PLACES)


def park(number):
    places.acquire()
    print('car', number, 'is in')
    time.sleep(1)
    if number != 1:  # car 1 is in a hurry
        places.release()
    print('car', number, 'is out')


cars = [threading.Thread(target=park, args=(n,), name=f'car-{n}') for n in range(CARS)]
for car in cars:
    car.start()
for car in cars:
    car.join()
print('the car park is empty')
