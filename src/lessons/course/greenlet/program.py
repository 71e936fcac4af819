from greenlet import greenlet

ROUNDS = 3


def ping():
    for number in range(ROUNDS):
        print('ping', number)
        right.switch()


def pong():
    for number in range(ROUNDS):
        print('pong', number)
        left.switch()


left = greenlet(ping)
right = greenlet(pong)
left.switch()
print('main goes on')
