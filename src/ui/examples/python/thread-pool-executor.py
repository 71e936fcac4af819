import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def weigh(parcel, grams):
    time.sleep(grams / 1000)
    if grams > 400:
        raise ValueError(f'{parcel} is too heavy')
    return f'{parcel}: {grams} g'


if __name__ == '__main__':
    parcels = dict(book=300, ring=50, stone=450, scarf=120)
    with ThreadPoolExecutor(max_workers=2) as desk:
        futures = [desk.submit(weigh, name, grams)
                   for name, grams in parcels.items()]
        for future in as_completed(futures):
            if future.exception():
                print('refused:', future.exception())
            else:
                print(future.result())
