import time
from multiprocessing import Pool


def roast(beans):
    name, minutes = beans
    time.sleep(minutes / 20)
    return name


BEANS = [('slow', 9), ('quick', 2), ('even', 5), ('brisk', 3)]

if __name__ == '__main__':
    with Pool(2) as pool:
        print('in the order of the list:')
        for name in pool.imap(roast, BEANS):
            print('  ', name)
        print('as they are done:')
        for name in pool.imap_unordered(roast, BEANS):
            print('  ', name)
