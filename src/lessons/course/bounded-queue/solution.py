from multiprocessing import Process, Queue
import time

ITEMS = 5
ROOM = 2


def produce(q):
    for number in range(ITEMS):
        q.put(number)
        print('made', number)
    for _ in range(2):
        q.put(None)  # nothing more comes


def consume(q):
    while (number := q.get()) is not None:
        time.sleep(1)
        print('used', number)


if __name__ == '__main__':
    q = Queue(ROOM)
    producer = Process(target=produce, args=(q,), name='producer')
    consumers = [Process(target=consume, args=(q,), name=f'consumer-{n}') for n in (1, 2)]
    producer.start()
    for consumer in consumers:
        consumer.start()
    producer.join()
    for consumer in consumers:
        consumer.join()
    print('all done')
