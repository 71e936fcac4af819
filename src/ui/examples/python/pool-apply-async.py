import time
from multiprocessing import Pool


def letter(to, words):
    time.sleep(words / 100)
    return f'Dear {to}, ({words} words)'


if __name__ == '__main__':
    pool = Pool(2)
    lengths = {'Ann': 30, 'Bob': 10, 'Cem': 20, 'Dee': 5}
    letters = [
        pool.apply_async(letter, (to,), {'words': words})
        for to, words in lengths.items()]
    pool.close()
    print('all are ordered, none is written')
    for result in letters:
        print(result.get())  # waits for this one
    pool.join()
