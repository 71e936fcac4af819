# A server that forks a process for each of its five clients.
# All five are connected at once: each waits at the barrier
# until the others have been greeted too.
import os
import socket
from multiprocessing import Barrier, Process


def client(n, address, all_are_here):
    with socket.create_connection(address) as connection:
        print(f'client {n}:', connection.recv(100).decode())
        all_are_here.wait()
        connection.sendall(b'thank you')


def serve(connection):
    with connection:
        connection.sendall(f'hello from {os.getpid()}'.encode())
        connection.recv(100)


if __name__ == '__main__':
    gate = Barrier(5)
    with socket.create_server(('127.0.0.1', 0)) as server:
        place = server.getsockname()
        clients = [Process(target=client, args=(n, place, gate))
                   for n in range(1, 6)]
        for process in clients:
            process.start()
        for _ in clients:
            connection, address = server.accept()
            Process(target=serve, args=(connection,)).start()
            connection.close()
        for process in clients:
            process.join()
