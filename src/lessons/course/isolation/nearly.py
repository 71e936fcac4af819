from multiprocessing import Process, Value

START = 10
CHILDREN = 3

money = Value('i', START)


def spend():
    money.value -= 1
    print('child has', money.value)


if __name__ == '__main__':
    children = [Process(target=spend, name=f'child-{n}') for n in range(CHILDREN)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print('main has', money.value)
