import time
from threading import Thread


def fetch(page):
    time.sleep(0.3)  # who waits lets go of the GIL
    print('got', page)


PAGES = ['home', 'news', 'shop', 'help']

if __name__ == '__main__':
    began = time.perf_counter()
    for page in PAGES:
        fetch(page)
    print(f'one by one: {time.perf_counter() - began:.1f} s')

    began = time.perf_counter()
    threads = [Thread(target=fetch, args=(page,), name=page)
               for page in PAGES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f'with threads: {time.perf_counter() - began:.1f} s')
