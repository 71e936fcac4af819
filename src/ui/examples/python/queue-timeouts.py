import queue
import time
from multiprocessing import Queue


def attempt(what, operation):
    began = time.perf_counter()
    try:
        result = operation()
    except (queue.Full, queue.Empty) as refusal:
        result = type(refusal).__name__
    seconds = time.perf_counter() - began
    print(f'{what}: {result} ({seconds:.1f} s)')


if __name__ == '__main__':
    shelf = Queue(1)
    attempt('put', lambda: shelf.put('book'))
    attempt('put, at once', lambda: shelf.put_nowait('vase'))
    attempt('put, 0.3 s', lambda: shelf.put('vase', True, 0.3))
    attempt('get', shelf.get)
    attempt('get, 0.3 s', lambda: shelf.get(timeout=0.3))
    attempt('get, at once', lambda: shelf.get(block=False))
