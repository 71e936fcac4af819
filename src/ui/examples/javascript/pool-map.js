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
  for (let n = 25; n <= 300; n += 25) limits.push(n * 1000);
  const pool = new Pool(4);
  const oneByOne = { chunkSize: 1 };
  const counts = pool.map(countPrimes, limits, oneByOne);
  pool.close();
  pool.join();
  limits.forEach((limit, index) => {
    print(`${counts[index]} primes below ${limit}`);
  });
}
