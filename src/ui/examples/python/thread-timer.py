import time
from threading import Timer


def ring(what):
    print('ring:', what)


if __name__ == '__main__':
    tea = Timer(0.3, ring, args=('the tea is ready',))
    eggs = Timer(0.5, ring, args=('the eggs are ready',))
    tea.start()
    eggs.start()
    time.sleep(0.1)
    print('no eggs today after all')
    eggs.cancel()
    tea.join()
    eggs.join()
    print('breakfast')
