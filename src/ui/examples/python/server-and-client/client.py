# It starts when the server listens.
import socket
import time

address = ('127.0.0.1', 8000)
with socket.create_connection(address) as connection:
    answers = connection.makefile('r')
    for word in ('good morning', 'is anybody there', 'goodbye'):
        connection.sendall(f'{word}\n'.encode())
        print('the server answers:', answers.readline().strip())
        time.sleep(0.2)
print('the client is done')
