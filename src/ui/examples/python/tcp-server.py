import socket
import time
from threading import Thread


def serve(connection, number):
    with connection:
        while data := connection.recv(100):
            time.sleep(0.05)            # this takes a while
            connection.sendall(data[::-1])
    print('client', number, 'has left')


def accept(server):
    # A thread for each client: the slow ones hold up nobody.
    for number in 1, 2, 3:
        connection, _ = server.accept()
        Thread(target=serve, args=(connection, number)).start()


def ask(word):
    with socket.create_connection(address) as connection:
        connection.sendall(word.encode())
        print(word, 'backwards:', connection.recv(100).decode())


with socket.create_server(('127.0.0.1', 0)) as server:
    address = server.getsockname()
    Thread(target=accept, args=(server,)).start()
    clients = [Thread(target=ask, args=(word,))
               for word in ('stressed', 'drawer', 'live')]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
