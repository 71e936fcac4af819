"""Two cooks wait for potatoes; the driver brings them one by one, and calls a cook each time."""
from threading import Condition, Thread

potatoes = []
delivered = Condition()


def cook():
    with delivered:
        if not potatoes:
            delivered.wait()
        potatoes.pop()


def drive():
    for number in range(2):
        with delivered:
            potatoes.append(number)
            delivered.notify()


people = [Thread(target=cook, name='Ann'), Thread(target=cook, name='Ben'), Thread(target=drive, name='driver')]
for person in people:
    person.start()
for person in people:
    person.join()
print('potatoes left:', len(potatoes))
