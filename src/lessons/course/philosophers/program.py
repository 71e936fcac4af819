import threading
import time

GUESTS = 4
THINK = 1

forks = [threading.Lock() for _ in range(GUESTS)]


def dine(seat):
    left, right = forks[seat], forks[(seat + 1) % GUESTS]
    with left:
        time.sleep(THINK)
        if right.acquire(timeout=1):
            print('guest', seat, 'eats')
            right.release()
        else:
            print('guest', seat, 'gives up')


guests = [threading.Thread(target=dine, args=(n,), name=f'guest-{n}') for n in range(GUESTS)]
for guest in guests:
    guest.start()
for guest in guests:
    guest.join()
