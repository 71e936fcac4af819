from greenlet import greenlet

ROUNDS = 3


def ping():
    for number in range(ROUNDS):
        print('ping', number)


def pong():
    for number in range(ROUNDS):
        print('pong', number)


left = greenlet(ping)
right = greenlet(pong)
left.switch()
right.switch()
print('main goes on')
