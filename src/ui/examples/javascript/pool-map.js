import { Pool, print } from 'weft';

// Four workers share twelve jobs. The results come back
// in the order of the jobs, whoever did them.
function countPrimes(limit) {
  let primes = 0;
  for (let number = 2; number < limit; number++) {
    let divisor = 2;
    while (divisor * divisor <= number && number % divisor !== 0) divisor++;
    if (divisor * divisor > number) primes++;
  }
  return primes;
}

export function main() {
  const limits = Array.from({ length: 12 }, (_, index) => 20_000 + 5_000 * index);
  const pool = new Pool(4);
  const counts = pool.map(countPrimes, limits, { chunkSize: 1 });
  pool.close();
  pool.join();
  limits.forEach((limit, index) => print(`${counts[index]} primes below ${limit}`));
}
