import multiprocessing
import json
import time

COUNT = 20
WARMUP = 5


def nothing():
    pass


def measure(method):
    context = multiprocessing.get_context(method)
    times = []
    for _ in range(WARMUP + COUNT):
        began = time.perf_counter()
        child = context.Process(target=nothing)
        child.start()
        child.join()
        times.append((time.perf_counter() - began) * 1000)
    print(json.dumps({'figure': sorted(times[WARMUP:])[COUNT // 2]}))


if __name__ == '__main__':
    measure('fork')
