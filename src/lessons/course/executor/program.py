import time
from concurrent.futures import ThreadPoolExecutor

PAGES = 4
WORKERS = 2


def fetch(page):
    time.sleep(page)
    return f'page {page}'


with ThreadPoolExecutor(WORKERS, thread_name_prefix='worker') as executor:
    futures = [executor.submit(fetch, page) for page in range(1, PAGES + 1)]
    print('all are submitted')
    for future in futures:
        print(future.result())
