import sys
import time
from multiprocessing import Process


def returns():
    time.sleep(0.1)


def exits():
    sys.exit(3)


def fails():
    raise ValueError('this ends the process, and only this one')


def sleeps():
    time.sleep(60)


if __name__ == '__main__':
    for target in returns, exits, fails, sleeps:
        process = Process(target=target, name=target.__name__)
        process.start()
        print(process.name, 'while it runs:', process.exitcode)
        if target is sleeps:
            process.terminate()
        process.join()
        print(process.name, 'afterwards:', process.exitcode)
