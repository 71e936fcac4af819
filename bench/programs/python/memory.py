import json
import multiprocessing


def wait(ready, over):
    ready.release()
    over.acquire()


if __name__ == '__main__':
    multiprocessing.set_start_method('spawn')
    ready, over = multiprocessing.Semaphore(0), multiprocessing.Semaphore(0)
    children = []
    # Each line of input says how many more processes are to be there; memory is looked at whenever it waits for one.
    while more := int(input(f'waiting: {len(children)}\n')):
        started = [multiprocessing.Process(target=wait, args=(ready, over)) for _ in range(more)]
        for child in started:
            child.start()
        for _ in started:
            ready.acquire()
        children += started
    for _ in children:
        over.release()
    for child in children:
        child.join()
    print(json.dumps({'figure': len(children)}))
