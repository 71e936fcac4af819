import os
import time

NAP = 3
CODE = 7

pid = os.fork()
if pid == 0:
    # Only the child comes here.
    time.sleep(1)
    print('child: I end')
    os._exit(CODE)

print('parent: I am busy')
time.sleep(NAP)
_, status = os.waitpid(pid, 0)
print('parent: child ended with', os.waitstatus_to_exitcode(status))
