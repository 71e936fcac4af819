import os

for _ in range(3):
    os.fork()
print('hello from', os.getpid())
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
