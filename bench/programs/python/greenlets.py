"""Milliseconds of 1,000 greenlet switches."""
import json
import time
from greenlet import getcurrent, greenlet


def bounce():
    parent = getcurrent().parent
    while True:
        parent.switch()


def switches(other, count):
    began = time.perf_counter()
    for _ in range(count // 2):
        other.switch()
    return (time.perf_counter() - began) * 1000


if __name__ == '__main__':
    other = greenlet(bounce)
    switches(other, 10_000)
    print(json.dumps({'figure': min(switches(other, 1_000) for _ in range(5))}))
