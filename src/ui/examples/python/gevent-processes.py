import os
from multiprocessing import Process

import gevent


def fetch(site, seconds):
    gevent.sleep(seconds)   # gives way to other greenlets
    print(os.getpid(), 'fetched', site)


def fetch_all(sites):
    # Cooperative inside the process, parallel between two.
    gevent.joinall([gevent.spawn(fetch, site, 0.1 * place)
                    for place, site in enumerate(sites, 1)])


if __name__ == '__main__':
    shares = ['red', 'green', 'blue'], ['north', 'south']
    workers = [Process(target=fetch_all, args=(share,))
               for share in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print('all is fetched')
