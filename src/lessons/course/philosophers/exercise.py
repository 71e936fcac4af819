import threading
import time

GUESTS = 4

forks = [threading.Lock() for _ in range(GUESTS)]


def dine(seat):
    left, right = forks[seat], forks[(seat + 1) % GUESTS]
    with left:
        time.sleep(1)
        with right:
            print('guest', seat, 'eats')


guests = [threading.Thread(target=dine, args=(n,), name=f'guest-{n}') for n in range(GUESTS)]
for guest in guests:
    guest.start()
for guest in guests:
    guest.join()
print('all have eaten')
