import os
import time

# One call, two returns: the parent gets the child's pid, the
# child gets 0. From here on each has a memory of its own.
notes = ['written before the fork']
pid = os.fork()
if pid == 0:
    notes.append('written by the child')
    print('child of', os.getppid(), 'has', notes)
    grandchild = os.fork()
    if grandchild == 0:
        # Its parent ends first: init (pid 1) adopts the orphan.
        while os.getppid() != 1:
            time.sleep(0.02)
        print('orphan: my parent is now', os.getppid())
        os._exit(0)
    os._exit(3)

time.sleep(0.1)
# It has ended and is a zombie until somebody asks about it.
ended, status = os.waitpid(pid, 0)
print('the child ended with', os.waitstatus_to_exitcode(status))
print('the parent still has', notes)
time.sleep(0.2)
