"""Round trips of 64 bytes over a loopback socket between two processes, a second."""
import json
import multiprocessing
import socket
import time

COUNT = 20_000


def echo(listener):
    connection, _ = listener.accept()
    while data := connection.recv(64):
        connection.sendall(data)


def trips(client, count):
    message = bytes(64)
    began = time.perf_counter()
    for _ in range(count):
        client.sendall(message)
        client.recv(64)
    return count / (time.perf_counter() - began)


if __name__ == '__main__':
    listener = socket.create_server(('127.0.0.1', 0))
    process = multiprocessing.Process(target=echo, args=(listener,))
    process.start()
    client = socket.create_connection(listener.getsockname())
    trips(client, COUNT // 5)
    figure = trips(client, COUNT)
    client.close()
    process.join()
    print(json.dumps({'figure': figure}))
