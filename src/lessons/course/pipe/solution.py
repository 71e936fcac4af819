from multiprocessing import Pipe, Process

ROUNDS = 3


def listen(reader, writer):
    writer.close()
    try:
        while True:
            print('heard', reader.recv())
    except EOFError:
        print('nothing more comes')


if __name__ == '__main__':
    reader, writer = Pipe(duplex=False)
    listener = Process(target=listen, args=(reader, writer), name='listener')
    listener.start()
    for number in range(ROUNDS):
        writer.send(number)
    writer.close()
    listener.join()
