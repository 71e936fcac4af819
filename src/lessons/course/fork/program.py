import os

START = 10

number = START
print('before', number)
pid = os.fork()
number += 1
if pid == 0:
    number += 100
    print('child has', number)
    os._exit(0)
os.waitpid(pid, 0)
print('parent has', number)
