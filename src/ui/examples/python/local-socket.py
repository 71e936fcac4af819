import os
import socket
from multiprocessing import Process

ADDRESS = 'echo.sock'


def ask(name):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(ADDRESS)
        client.sendall(name.encode())
        print(name, 'hears:', client.recv(100).decode())


if __name__ == '__main__':
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(ADDRESS)
        server.listen()
        clients = [Process(target=ask, args=(name,), name=name)
                   for name in ('Ada', 'Bo')]
        for client in clients:
            client.start()
        for _ in clients:
            connection, _ = server.accept()
            with connection:
                connection.sendall(connection.recv(100).upper())
    for client in clients:
        client.join()
    os.unlink(ADDRESS)
