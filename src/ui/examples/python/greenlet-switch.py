from threading import Thread

from greenlet import greenlet


def guide():
    print('guide: this way, please')
    answer = visitor.switch('a picture of 1503')
    print('guide: you said', answer)
    visitor.switch('the way out')


def visit(seen):
    # Nothing switches but `switch`: no lock is ever needed.
    print('visitor: I see', seen)
    seen = leader.switch('"how lovely"')
    print('visitor: I see', seen)


def tour():
    global leader, visitor
    leader, visitor = greenlet(guide), greenlet(visit)
    leader.switch()
    print('the tour is over, the guide is dead:', leader.dead)


# Both greenlets are one thread: the timeline shows one lane.
thread = Thread(target=tour, name='tour')
thread.start()
thread.join()
