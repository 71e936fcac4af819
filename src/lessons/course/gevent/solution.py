from gevent import monkey

monkey.patch_all()
import time

import gevent

TASKS = 3


def work(number):
    print('task', number, 'begins')
    time.sleep(2)
    print('task', number, 'ends')


gevent.joinall([gevent.spawn(work, n) for n in range(TASKS)])
print('all ended')
