import time
from multiprocessing import Pool, TimeoutError


def cook(dish, seconds):
    time.sleep(seconds)
    if dish == 'soufflé':
        raise RuntimeError('it has collapsed')
    return dish


if __name__ == '__main__':
    with Pool(2) as pool:
        soup = pool.apply_async(cook, ('soup', 0.5))
        souffle = pool.apply_async(cook, ('soufflé', 0.2))
        try:
            soup.get(timeout=0.1)
        except TimeoutError:
            print('the soup needs longer; ready:', soup.ready())
        print(soup.get(), 'is served:', soup.successful())
        try:
            souffle.get()
        except RuntimeError as error:
            print('the soufflé:', error)
