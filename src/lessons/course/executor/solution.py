import time
from concurrent.futures import ThreadPoolExecutor, as_completed

PAGES = 4


def fetch(page):
    time.sleep(PAGES - page + 1)
    return f'page {page}'


with ThreadPoolExecutor(PAGES, thread_name_prefix='worker') as executor:
    futures = [executor.submit(fetch, page) for page in range(1, PAGES + 1)]
    for future in as_completed(futures):
        print(future.result())
