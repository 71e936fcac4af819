import time
from multiprocessing import JoinableQueue, Process


def washer(dishes, seconds):
    while True:
        dish = dishes.get()
        time.sleep(seconds)
        print('washed', dish)
        dishes.task_done()


if __name__ == '__main__':
    dishes = JoinableQueue()
    for name, seconds in ('quick', 0.08), ('careful', 0.2):
        Process(target=washer, args=(dishes, seconds),
                name=name, daemon=True).start()
    for dish in 'plate', 'cup', 'bowl', 'pan', 'spoon', 'pot':
        dishes.put(dish)
    # The queue is soon empty, but the last dishes are
    # still in somebody's hands.
    dishes.join()
    print('all are clean')
