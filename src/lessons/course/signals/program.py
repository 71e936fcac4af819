import os
import signal
import time

NAP = 3
AFTER = 1


def on_signal(number, frame):
    print('child: got', signal.Signals(number).name)


pid = os.fork()
if pid == 0:
    signal.signal(signal.SIGUSR1, on_signal)
    time.sleep(NAP)
    print('child: slept enough')
    os._exit(0)

time.sleep(AFTER)
os.kill(pid, signal.SIGUSR1)
os.waitpid(pid, 0)
print('parent: child ended')
