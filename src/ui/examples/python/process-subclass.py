import time
from multiprocessing import Process


class Countdown(Process):
    """What run() does happens in the new process."""

    def __init__(self, start_at):
        super().__init__(name=f'from {start_at}')
        self.start_at = start_at

    def run(self):
        for number in range(self.start_at, 0, -1):
            print(self.name, '...', number)
            time.sleep(0.1)


if __name__ == '__main__':
    countdowns = [Countdown(3), Countdown(5)]
    for countdown in countdowns:
        countdown.start()
    for countdown in countdowns:
        countdown.join()
    print('lift-off')
