from multiprocessing import Pipe, Process


def player(table):
    ball = table.recv()
    while ball is not None:
        print('pong', ball)
        table.send(ball + 1)
        ball = table.recv()


if __name__ == '__main__':
    ours, theirs = Pipe()
    other = Process(target=player, args=(theirs,))
    other.name = 'player'
    other.start()
    ball = 0
    while ball < 8:
        print('ping', ball)
        ours.send(ball + 1)
        ball = ours.recv()
    ours.send(None)
    other.join()
