from multiprocessing import Process

START = 10
CHILDREN = 3

money = [START]


def spend():
    money[0] -= 1
    print('child has', money[0])


if __name__ == '__main__':
    children = [Process(target=spend, name=f'child-{n}') for n in range(CHILDREN)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print('main has', money[0])
