import threading
import time

WALKERS = 3
SLOWEST = 4

meeting = threading.Barrier(WALKERS)


def walk(number, hours):
    time.sleep(hours)
    print('walker', number, 'is there')
    meeting.wait()
    print('walker', number, 'goes on')


walkers = [
    threading.Thread(target=walk, args=(n, SLOWEST if n == 0 else n), name=f'walker-{n}')
    for n in range(WALKERS)
]
for walker in walkers:
    walker.start()
for walker in walkers:
    walker.join()
