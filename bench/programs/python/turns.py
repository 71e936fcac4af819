"""Two threads that give way to each other, each as often."""
import threading
import time

COUNT = 1


def give_way(turns):
    for _ in range(turns):
        time.sleep(0)


threads = [threading.Thread(target=give_way, args=(COUNT,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
