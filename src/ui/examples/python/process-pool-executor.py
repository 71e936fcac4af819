import os
import time
from concurrent.futures import ProcessPoolExecutor


def is_prime(number):
    time.sleep(0.05)
    divisors = range(2, int(number ** 0.5) + 1)
    return all(number % divisor for divisor in divisors)


if __name__ == '__main__':
    numbers = [97, 91, 7919, 7917, 104729, 104731]
    print('this is process', os.getpid())
    with ProcessPoolExecutor(max_workers=3) as executor:
        # Results come in the order of the numbers.
        primes = executor.map(is_prime, numbers)
        for number, prime in zip(numbers, primes):
            print(number, 'is prime:', prime)
