import time
from multiprocessing import Process, active_children


def tick():
    while True:
        print('tick')
        time.sleep(0.15)


def short():
    print('short is done')


if __name__ == '__main__':
    clock = Process(target=tick, name='clock', daemon=True)
    brief = Process(target=short, name='short')
    clock.start()
    brief.start()
    time.sleep(0.5)
    # It has ended, but nobody has asked for its exit code yet:
    # until then it stays in the process table as a zombie.
    names = sorted(child.name for child in active_children())
    print('alive:', ', '.join(names))
    print('the program ends, and takes its daemon with it')
