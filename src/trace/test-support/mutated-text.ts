const odd = [
  '',
  '0',
  '-1',
  '1e999',
  '-1e308',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '"\\ud800"',
  '"__proto__"',
  '99999999999',
  '0.1',
  ',',
  ']',
  '}',
  '"events":[',
  '"version":1',
  '\u0000',
  '\n',
  '[[[[',
  '{"a":',
  '"put"',
  '"task-new"',
  '"task-exit"',
  '"1:1"',
  '"4096:1"',
];

/** A file with some pieces cut out, doubled, or put in. */
export function mutated(text: string, below: (limit: number) => number): string {
  let result = text;
  for (let times = 1 + below(4); times > 0; times--) {
    const from = below(result.length + 1);
    const to = Math.min(result.length, from + below(below(4) === 0 ? result.length : 12));
    const piece =
      below(3) === 0 ? result.slice(from, to).repeat(2) : below(2) === 0 ? '' : odd[below(odd.length)];
    result = result.slice(0, from) + piece + result.slice(to);
  }
  return result;
}
