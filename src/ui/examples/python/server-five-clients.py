# A server that forks a process for each of its five clients.
# All five are connected at once: each waits at the barrier
# until the others have been greeted too.
import os
import socket
from multiprocessing import Barrier, Process


def client(number, address, all_are_here):
    with socket.create_connection(address) as connection:
        greeting = connection.recv(100).decode()
        print(f'client {number}:', greeting)
        all_are_here.wait()
        connection.sendall(b'thank you')


def serve(connection):
    with connection:
        connection.sendall(f'hello from {os.getpid()}'.encode())
        connection.recv(100)


if __name__ == '__main__':
    barrier = Barrier(5)
    with socket.create_server(('127.0.0.1', 0)) as server:
        place = server.getsockname()
        clients = []
        for n in range(1, 6):
            args = (n, place, barrier)
            clients.append(Process(target=client, args=args))
            clients[-1].start()
        for _ in clients:
            connection, address = server.accept()
            Process(target=serve, args=(connection,)).start()
            connection.close()
        for process in clients:
            process.join()
