import time
from multiprocessing import Process, current_process


def greet():
    time.sleep(0.1)
    print('hello from', current_process().name)


if __name__ == '__main__':
    me = current_process()
    print('the first process is called', me.name)
    named = Process(target=greet, name='postman')
    numbered = [Process(target=greet) for _ in range(2)]
    for process in [named, *numbered]:
        print(process.name, 'alive:', process.is_alive())
        process.start()
    print(named.name, 'alive:', named.is_alive())
    for process in [named, *numbered]:
        process.join()
    print(named.name, 'alive:', named.is_alive())
