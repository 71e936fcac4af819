import socket
import threading
import time

CLIENTS = 3
WORK = 1

server = socket.create_server(('127.0.0.1', 8000))


def serve():
    def talk():
        mine = connection
        with mine:
            text = mine.recv(100)
            time.sleep(WORK)
            mine.sendall(text.upper())

    for number in range(CLIENTS):
        connection, _ = server.accept()
        threading.Thread(target=talk, name=f'talk-{number}').start()


def ask(number):
    with socket.create_connection(('127.0.0.1', 8000)) as client:
        client.sendall(f'client {number}'.encode())
        print(client.recv(100).decode(), 'was served')


server_thread = threading.Thread(target=serve, name='server')
clients = [threading.Thread(target=ask, args=(n,), name=f'client-{n}') for n in range(CLIENTS)]
server_thread.start()
for client in clients:
    client.start()
for thread in [server_thread, *clients]:
    thread.join()
