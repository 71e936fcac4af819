"""Ann and Ben count to three each, on one counter. At the end it stands at six. Or does it?"""
from threading import Thread

counter = 0


def count():
    global counter
    for turn in range(3):
        seen = counter
        counter = seen + 1


ann = Thread(target=count, name='Ann')
ben = Thread(target=count, name='Ben')
ann.start()
ben.start()
ann.join()
ben.join()
print('counter:', counter)
