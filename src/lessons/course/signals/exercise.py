import os
import signal
import time

pid = os.fork()
if pid == 0:
    print('child: writing')
    time.sleep(100)
    print('child: closing my files')
    os._exit(0)

time.sleep(1)
os.kill(pid, signal.SIGTERM)
_, status = os.waitpid(pid, 0)
print('parent: child ended with', os.waitstatus_to_exitcode(status))
