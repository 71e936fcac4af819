import time
from multiprocessing import Pool, current_process

tool = None


def fetch_tool(kind):
    """Once in each worker, before its first task."""
    global tool
    time.sleep(0.2)
    tool = f'{kind} of {current_process().name}'
    print('fetched the', tool)


def work(task):
    time.sleep(0.05)
    return f'task {task} with the {tool}'


if __name__ == '__main__':
    with Pool(2, fetch_tool, initargs=('hammer',)) as pool:
        for line in pool.map(work, range(6), chunksize=1):
            print(line)
