# Two programs on one machine, each in a tab of its own: a
# server and its client. The server gives each client a
# thread. While it listens you can be a client too: "Be a
# client", below the output. It serves until you press Stop.
import socket
from threading import Thread


def serve(connection, number):
    with connection, connection.makefile('r') as lines:
        for line in lines:
            print(f'client {number} says {line.strip()}')
            connection.sendall(line.upper().encode())
    print(f'client {number} has hung up')


with socket.create_server(('127.0.0.1', 8000)) as server:
    print('listening')
    number = 0
    while True:
        connection, address = server.accept()
        number += 1
        print(f'client {number} comes, port {address[1]}')
        Thread(target=serve, args=(connection, number)).start()
