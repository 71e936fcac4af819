import time
from multiprocessing import Condition, Process, Value


def child(name, wants, sweets, jar):
    with jar:
        while sweets.value < wants:
            print(name, 'wants', wants, 'of', sweets.value)
            jar.wait()
        sweets.value -= wants
        print(name, 'takes', wants)


if __name__ == '__main__':
    jar = Condition()
    sweets = Value('i', 0, lock=False)
    children = [
        Process(target=child, args=(name, wants, sweets, jar),
                name=name)
        for name, wants in [('Ann', 3), ('Bob', 1)]]
    for process in children:
        process.start()
    for _ in range(4):
        time.sleep(0.2)
        with jar:
            sweets.value += 1
            jar.notify_all()
    for process in children:
        process.join()
