import multiprocessing
import os

CHILDREN = 2
ready = 'only in the main program'


def report(how):
    print(how, 'child', os.getpid(), 'sees:', ready)


if __name__ == '__main__':
    ready = 'set after the start'
    for how in ('fork', 'spawn'):
        context = multiprocessing.get_context(how)
        for number in range(CHILDREN):
            child = context.Process(target=report, args=(how,), name=f'{how}-{number}')
            child.start()
            child.join()
