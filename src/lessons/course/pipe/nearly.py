from multiprocessing import Pipe, Process

ROUNDS = 3


def listen(reader):
    while reader.poll():
        print('heard', reader.recv())
    print('nothing more comes')


if __name__ == '__main__':
    reader, writer = Pipe(duplex=False)
    listener = Process(target=listen, args=(reader,), name='listener')
    listener.start()
    for number in range(ROUNDS):
        writer.send(number)
    writer.close()
    listener.join()
