import threading

GUESTS = 3

forks = [threading.Lock() for _ in range(GUESTS)]
seated = threading.Barrier(GUESTS)


def dine(seat):
    left, right = seat, (seat + 1) % GUESTS
    seated.wait()
    with forks[left]:
        with forks[right]:
            print('guest', seat, 'eats')


guests = [threading.Thread(target=dine, args=(n,), name=f'guest-{n}') for n in range(GUESTS)]
for guest in guests:
    guest.start()
for guest in guests:
    guest.join()
print('all have eaten')
