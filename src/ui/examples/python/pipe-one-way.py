import time
from multiprocessing import Pipe, Process


def station(name, wait, line):
    for report in range(3):
        time.sleep(wait)
        line.send(f'{name} reports {report}')
    line.close()


if __name__ == '__main__':
    desk, line = Pipe(duplex=False)
    stations = [
        Process(target=station, args=(name, wait, line),
                name=name)
        for name, wait in [('north', 0.1), ('south', 0.16)]]
    for process in stations:
        process.start()
    # Without this the end of the file would never come:
    # we could still write ourselves.
    line.close()
    try:
        while True:
            print(desk.recv())
    except EOFError:
        print('nobody is left to write')
    for process in stations:
        process.join()
