import time
from multiprocessing import Process
from threading import Thread

visitors = []


def visit(name):
    visitors.append(name)
    time.sleep(0.1)
    print(name, 'sees', visitors)


if __name__ == '__main__':
    threads = [Thread(target=visit, args=(name,), name=name)
               for name in ('Ann', 'Bob')]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A process has memory of its own: what it adds stays there.
    other = Process(target=visit, args=('Cem',), name='Cem')
    other.start()
    other.join()
    print('main sees', visitors)
