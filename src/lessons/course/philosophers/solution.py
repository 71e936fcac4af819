import threading
import time

GUESTS = 4

forks = [threading.Lock() for _ in range(GUESTS)]


def dine(seat):
    first, second = sorted((seat, (seat + 1) % GUESTS))
    with forks[first]:
        time.sleep(1)
        with forks[second]:
            print('guest', seat, 'eats')


guests = [threading.Thread(target=dine, args=(n,), name=f'guest-{n}') for n in range(GUESTS)]
for guest in guests:
    guest.start()
for guest in guests:
    guest.join()
print('all have eaten')
