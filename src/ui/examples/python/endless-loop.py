from multiprocessing import Process


def spin():
    turns = 0
    while True:
        turns += 1


if __name__ == '__main__':
    for name in 'spinner 1', 'spinner 2':
        Process(target=spin, name=name).start()
    print('two processes spin for ever; press Stop')
