"""Two people at two doors count the visitors, on one counter."""
from threading import Thread

visitors = 0


def count_one():
    global visitors
    seen = visitors
    visitors = seen + 1


ann = Thread(target=count_one, name='Ann')
ben = Thread(target=count_one, name='Ben')
ann.start()
ben.start()
ann.join()
ben.join()
print('visitors:', visitors)
