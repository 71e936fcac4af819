import time
from threading import Thread


def work(name, times):
    for n in range(times):
        print(name, n)
        time.sleep(0.15)
    print(name, 'is done')


if __name__ == '__main__':
    radio = Thread(target=work, args=('radio', 99), daemon=True)
    cook = Thread(target=work, args=('cook', 4))
    radio.start()
    cook.start()
    # The program waits for the cook and takes the radio along.
    print('main has nothing more to do')
