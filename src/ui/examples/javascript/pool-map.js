import { Pool, print } from 'weft';

// Four workers share twelve jobs. The results come back
// in the order of the jobs, whoever did them.
function countPrimes(limit) {
  let primes = 0;
  for (let number = 2; number < limit; number++) {
    let d = 2;
    while (d * d <= number && number % d !== 0) d++;
    if (d * d > number) primes++;
  }
  return primes;
}

export function main() {
  const limits = [];
  for (let limit = 5; limit <= 60; limit += 5) limits.push(limit * 1000);
  const pool = new Pool(4);
  const counts = pool.map(countPrimes, limits, { chunkSize: 1 });
  pool.close();
  pool.join();
  limits.forEach((limit, index) => {
    print(`${counts[index]} primes below ${limit}`);
  });
}
