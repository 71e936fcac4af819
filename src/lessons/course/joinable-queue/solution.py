import time
from multiprocessing import JoinableQueue, Process

JOBS = 4


def work(q):
    while True:
        job = q.get()
        if job == 2:
            print('skipped', job)
            q.task_done()
            continue
        time.sleep(1)
        print('finished', job)
        q.task_done()


if __name__ == '__main__':
    q = JoinableQueue()
    for number in range(2):
        Process(target=work, args=(q,), name=f'worker-{number}', daemon=True).start()
    for job in range(JOBS):
        q.put(job)
    q.join()
    print('every job is finished')
