import threading
import time
from threading import Thread


def wait():
    me = threading.current_thread()
    time.sleep(0.2)
    print(me.name, 'is one of', threading.active_count())


if __name__ == '__main__':
    guide = Thread(target=wait, name='guide')
    guest = Thread(target=wait)
    guest.name = 'guest'
    print(guide.name, guide.is_alive(), guide.ident)
    guide.start()
    guest.start()
    print(guide.name, guide.is_alive(), guide.ident is not None)
    print(sorted(each.name for each in threading.enumerate()))
    guide.join()
    guest.join()
    print(guide.name, guide.is_alive())
    print('left:', threading.active_count())
