"""Three philosophers, three forks; to eat one needs the fork on the left and the one on the right."""
from threading import Lock, Thread

forks = [Lock(), Lock(), Lock()]


def dine(name, left, right):
    with forks[left]:
        with forks[right]:
            print(name, 'eats')


guests = [
    Thread(target=dine, args=('Zhuangzi', 0, 1), name='Zhuangzi'),
    Thread(target=dine, args=('Hypatia', 1, 2), name='Hypatia'),
    Thread(target=dine, args=('Spinoza', 2, 0), name='Spinoza'),
]
for guest in guests:
    guest.start()
for guest in guests:
    guest.join()
