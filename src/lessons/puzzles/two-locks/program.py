"""To write a letter one needs the pen and the paper. Ann and Ben reach for them in different order."""
from threading import Lock, Thread

pen = Lock()
paper = Lock()


def ann():
    with pen:
        with paper:
            print('Ann writes')


def ben():
    with paper:
        with pen:
            print('Ben writes')


people = [Thread(target=ann, name='Ann'), Thread(target=ben, name='Ben')]
for person in people:
    person.start()
for person in people:
    person.join()
