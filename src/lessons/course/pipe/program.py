import time
from multiprocessing import Pipe, Process

ROUNDS = 3
THINK = 1


def answer(far):
    while (question := far.recv()) is not None:
        time.sleep(THINK)
        far.send(question * 10)


if __name__ == '__main__':
    near, far = Pipe()
    helper = Process(target=answer, args=(far,), name='helper')
    helper.start()
    for number in range(1, ROUNDS + 1):
        near.send(number)
        print(number, 'gives', near.recv())
    near.send(None)
    helper.join()
