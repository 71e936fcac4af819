"""Milliseconds of a call of a manager's proxy."""
import json
import multiprocessing
import time

COUNT = 2_000


def calls(proxy, count):
    began = time.perf_counter()
    for _ in range(count):
        proxy.append(1)
    return (time.perf_counter() - began) * 1000 / count


if __name__ == '__main__':
    with multiprocessing.Manager() as manager:
        proxy = manager.list()
        calls(proxy, COUNT // 5)
        print(json.dumps({'figure': calls(proxy, COUNT)}))
