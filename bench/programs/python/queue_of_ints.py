import json
import multiprocessing
import time

COUNT = 150_000
WARMUP = 30_000


def produce(queue, count):
    for number in range(count):
        queue.put(number)


if __name__ == '__main__':
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=produce, args=(queue, WARMUP + COUNT))
    child.start()
    total = sum(queue.get() for _ in range(WARMUP))
    began = time.perf_counter()
    for _ in range(COUNT):
        total += queue.get()
    seconds = time.perf_counter() - began
    child.join()
    assert total == sum(range(WARMUP + COUNT))
    print(json.dumps({'figure': COUNT / seconds}))
