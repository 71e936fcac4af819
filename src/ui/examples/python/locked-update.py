from multiprocessing import Process, Value


def adder(count, times):
    for _ in range(times):
        # From the reading to the writing nobody else gets in.
        with count.get_lock():
            count.value += 1


if __name__ == '__main__':
    count = Value('i', 0)
    adders = [
        Process(target=adder, args=(count, 500), name=name)
        for name in ('adder 1', 'adder 2')]
    for process in adders:
        process.start()
    for process in adders:
        process.join()
    print('1000 additions, and the count is', count.value)
