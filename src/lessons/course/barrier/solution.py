import threading
import time

WALKERS = 3

meeting = threading.Barrier(WALKERS)


def walk(number):
    time.sleep(number)
    meeting.wait()
    print('walker', number, 'goes on')


walkers = [threading.Thread(target=walk, args=(n,), name=f'walker-{n}') for n in range(WALKERS)]
for walker in walkers:
    walker.start()
for walker in walkers:
    walker.join()
print('all home')
