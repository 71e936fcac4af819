from multiprocessing import Process, Value


def adder(count, times):
    # Reads, adds and writes. Two processes that read the same
    # number write the same number: one addition is lost.
    for _ in range(times):
        count.value += 1


if __name__ == '__main__':
    count = Value('i', 0, lock=False)
    adders = [
        Process(target=adder, args=(count, 5000), name=name)
        for name in ('adder 1', 'adder 2')]
    for process in adders:
        process.start()
    for process in adders:
        process.join()
    print('10000 additions, and the count is', count.value)
