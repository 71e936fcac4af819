"""The same measurements in CPython's multiprocessing. Prints one JSON object: a rate, or milliseconds, for each name."""
import json
import multiprocessing as mp
import socket
import sys
import threading
import time

WARMUP = 5  # a fifth of the operations come before the measured ones


def produce(queue, count):
    for i in range(count):
        queue.put(i)


def measure_queue(count=100_000):
    queue = mp.Queue()
    warmup = count // WARMUP
    process = mp.Process(target=produce, args=(queue, warmup + count))
    process.start()
    for _ in range(warmup):
        queue.get()
    began = time.perf_counter()
    for _ in range(count):
        queue.get()
    seconds = time.perf_counter() - began
    process.join()
    return count / seconds


def answer(end, count):
    for _ in range(count):
        end.send(end.recv())


def measure_pipe(count=20_000):
    here, there = mp.Pipe()
    warmup = count // WARMUP
    process = mp.Process(target=answer, args=(there, warmup + count))
    process.start()
    for i in range(warmup):
        here.send(i)
        here.recv()
    began = time.perf_counter()
    for i in range(count):
        here.send(i)
        here.recv()
    seconds = time.perf_counter() - began
    process.join()
    return count / seconds


def measure_lock(count=1_000_000):
    lock = mp.Lock()
    acquire, release = lock.acquire, lock.release
    for _ in range(count // WARMUP):
        acquire()
        release()
    began = time.perf_counter()
    for _ in range(count):
        acquire()
        release()
    return count / (time.perf_counter() - began)


def square(x):
    return x * x


def measure_pool(count=10_000):
    with mp.Pool(2) as pool:
        pool.map(square, range(count // WARMUP), chunksize=1)
        began = time.perf_counter()
        pool.map(square, range(count), chunksize=1)
        return count / (time.perf_counter() - began)


def echo(listener):
    connection, _ = listener.accept()
    while data := connection.recv(64):
        connection.sendall(data)


def measure_echo(count=20_000):
    listener = socket.create_server(("127.0.0.1", 0))
    process = mp.Process(target=echo, args=(listener,))
    process.start()
    client = socket.create_connection(listener.getsockname())
    message = bytes(64)
    for i in range(count + count // WARMUP):
        if i == count // WARMUP:
            began = time.perf_counter()
        client.sendall(message)
        client.recv(64)
    seconds = time.perf_counter() - began
    client.close()
    process.join()
    return count / seconds


def measure_manager(count=2_000):
    """Milliseconds of a call of a manager's proxy."""
    with mp.Manager() as manager:
        proxy = manager.list()
        for i in range(count + count // WARMUP):
            if i == count // WARMUP:
                began = time.perf_counter()
            proxy.append(1)
        return (time.perf_counter() - began) * 1000 / count


def nothing():
    pass


def measure_starts(kind, count=10):
    """Milliseconds to start and join one."""
    times = []
    for _ in range(count):
        began = time.perf_counter()
        task = kind(target=nothing)
        task.start()
        task.join()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[count // 2]


def measure_process():
    return measure_starts(mp.get_context("spawn").Process)


def measure_fork():
    return measure_starts(mp.get_context("fork").Process, 20)


def measure_thread():
    return measure_starts(threading.Thread, 500)


MEASUREMENTS = {
    "queue": measure_queue, "pipe": measure_pipe, "lock": measure_lock, "pool": measure_pool, "process": measure_process,
    "fork": measure_fork, "thread": measure_thread,
    "echo": measure_echo, "manager": measure_manager,
}

if __name__ == "__main__":
    mp.set_start_method("fork")
    print(json.dumps({name: MEASUREMENTS[name]() for name in sys.argv[1:] or MEASUREMENTS}))
