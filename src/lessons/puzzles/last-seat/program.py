"""One seat is left in the theatre, and three offices sell it: each a process of its own."""
from multiprocessing import Process, Value


def sell(seats):
    if seats.value > 0:
        seats.value -= 1


if __name__ == '__main__':
    seats = Value('i', 1)
    offices = [Process(target=sell, args=(seats,), name=name) for name in ('north', 'south', 'west')]
    for office in offices:
        office.start()
    for office in offices:
        office.join()
    print('seats left:', seats.value)
