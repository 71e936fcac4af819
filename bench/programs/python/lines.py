"""Rounds of four lines each."""

COUNT = 1


def work(rounds):
    a = b = c = 0
    for a in range(rounds):
        b = a
        c = b
        b = c


work(COUNT)
