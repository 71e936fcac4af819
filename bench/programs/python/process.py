import json
import time
from multiprocessing import Process

COUNT = 20
WARMUP = 5


def nothing():
    pass


if __name__ == '__main__':
    # How a process starts is a setting of the run.
    times = []
    for _ in range(WARMUP + COUNT):
        began = time.perf_counter()
        child = Process(target=nothing)
        child.start()
        child.join()
        times.append((time.perf_counter() - began) * 1000)
    print(json.dumps({'figure': sorted(times[WARMUP:])[COUNT // 2]}))
