import os
import time

PARENT = 2
CHILD = 5

if os.fork() == 0:
    # The first process goes on below; this one is the parent of the story.
    if os.fork() == 0:
        print('child: my parent is', os.getppid())
        time.sleep(CHILD)
        print('child: now my parent is', os.getppid())
        os._exit(0)
    time.sleep(PARENT)
    print('parent: I go')
    os._exit(0)

os.wait()
time.sleep(CHILD)
