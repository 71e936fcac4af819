import time
from multiprocessing import Array, Process, Value


def measure(temperature, history, times):
    for hour in range(times):
        time.sleep(0.1)
        temperature.value += 1.5
        history[hour] = temperature.value


if __name__ == '__main__':
    temperature = Value('d', 15.0)
    history = Array('d', 5)
    sensor = Process(target=measure,
                     args=(temperature, history, 5))
    sensor.start()
    while sensor.is_alive():
        # Each store takes the place of the one before.
        print('it is', temperature.value)
        time.sleep(0.15)
    sensor.join()
    print('hour by hour:', history[:])
