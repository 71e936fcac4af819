import time
from threading import Thread, local

desk = local()  # a desk of its own for each thread
board = []                # one board for all


def study(name, books):
    desk.books = 0
    for _ in range(books):
        time.sleep(0.1)
        desk.books += 1
        board.append(name[0])
    print(name, 'has', desk.books, 'of', ''.join(board))


if __name__ == '__main__':
    students = [
        Thread(target=study, args=(name, books), name=name)
        for name, books in [('Ann', 2), ('Bob', 4)]]
    for student in students:
        student.start()
    for student in students:
        student.join()
    print('main has books on its desk:', hasattr(desk, 'books'))
