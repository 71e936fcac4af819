import json
import multiprocessing


def wait(ready, over):
    ready.release()
    over.acquire()


if __name__ == '__main__':
    multiprocessing.set_start_method('spawn')
    ready, over = multiprocessing.Semaphore(0), multiprocessing.Semaphore(0)
    # Its memory is looked at now, and again when there are more processes.
    count = int(input('waiting: 0\n'))
    children = [multiprocessing.Process(target=wait, args=(ready, over)) for _ in range(count)]
    for child in children:
        child.start()
    for _ in children:
        ready.acquire()
    input(f'waiting: {count}\n')
    for _ in children:
        over.release()
    for child in children:
        child.join()
    print(json.dumps({'figure': count}))
