import os
import socket
import time

WORK = 2
ADDRESS = '/tmp/service'

server = socket.socket(socket.AF_UNIX)
server.bind(ADDRESS)
server.listen()

if os.fork() == 0:
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(1)
    client.connect(ADDRESS)
    client.sendall(b'hello')
    try:
        print('client: got', client.recv(100).decode())
    except TimeoutError:
        print('client: no answer')
    os._exit(0)

connection, _ = server.accept()
question = connection.recv(100).decode()
time.sleep(WORK)
connection.sendall(question.upper().encode())
os.wait()
