import gevent

TASKS = 3
NAP = 2


def work(number):
    print('task', number, 'begins')
    gevent.sleep(NAP)
    print('task', number, 'ends')


gevent.joinall([gevent.spawn(work, n) for n in range(TASKS)])
print('all ended')
