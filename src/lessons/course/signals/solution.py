import os
import signal
import time


def stop(number, frame):
    print('child: closing my files')
    os._exit(0)


pid = os.fork()
if pid == 0:
    signal.signal(signal.SIGTERM, stop)
    print('child: writing')
    time.sleep(100)
    os._exit(0)

time.sleep(1)
os.kill(pid, signal.SIGTERM)
_, status = os.waitpid(pid, 0)
print('parent: child ended with', os.waitstatus_to_exitcode(status))
