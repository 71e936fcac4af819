import os
import signal
import time


def on_signal(number, frame):
    print('caught', signal.Signals(number).name)


def wait_for_signals():
    signal.signal(signal.SIGUSR1, on_signal)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print('ready')
    while True:
        signal.pause()


pid = os.fork()
if pid == 0:
    wait_for_signals()
time.sleep(0.1)
# A handler interrupts the wait; what is ignored does nothing;
# SIGKILL can be neither caught nor ignored.
for number in signal.SIGUSR1, signal.SIGTERM, signal.SIGKILL:
    print('sending', number.name)
    os.kill(pid, number)
    time.sleep(0.1)
_, status = os.waitpid(pid, 0)
print('ended by', signal.Signals(os.WTERMSIG(status)).name)
