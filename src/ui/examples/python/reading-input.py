from multiprocessing import Process, Queue


def echo(lines):
    while (line := lines.get()) != '':
        print('  echo:', line[::-1])


if __name__ == '__main__':
    lines = Queue()
    other = Process(target=echo, args=(lines,), name='echo')
    other.start()
    try:
        while line := input('Say something, or nothing: '):
            lines.put(line)
    except EOFError:
        print('no more input')
    lines.put('')
    other.join()
