/** What a number of a program may be when it is drawn anew: whole numbers of a range, or one of a few. */
export type NumberSpec = { readonly from: number; readonly to: number } | { readonly of: readonly number[] };
export type NumberSpecs = Readonly<Record<string, NumberSpec>>;
export type Numbers = Readonly<Record<string, number>>;

/** Draws are made again so often where they give what the program has already. */
const TRIES = 20;

/** The numbers that `program` has: `ITEMS = 5` at the beginning of a line. Those that are missing are left out. */
export function numbersOf(program: string, specs: NumberSpecs): Numbers {
  const numbers: Record<string, number> = {};
  for (const name of Object.keys(specs)) {
    const value = Number(assignment(name).exec(program)?.[2] ?? NaN);
    if (Number.isFinite(value)) numbers[name] = value;
  }
  return numbers;
}

/** The program with other numbers. */
export function withNumbers(program: string, numbers: Numbers): string {
  return Object.entries(numbers).reduce(
    (text, [name, value]) => text.replace(assignment(name), (_whole, head: string) => `${head}${value}`),
    program,
  );
}

/**
 * The numbers of draw `draw` (from 1) of lesson `id`: others than those of the draw before (of the first: than `known`), and the
 * same each time that they are asked for.
 */
export function drawNumbers(id: string, specs: NumberSpecs, draw: number, known: Numbers): Numbers {
  let drawn = known;
  for (let step = 1; step <= draw; step++) drawn = otherThan(drawn, `${id} ${step}`, specs);
  return drawn;
}

function otherThan(known: Numbers, seed: string, specs: NumberSpecs): Numbers {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const next = generator(seedOf(`${seed} ${attempt}`));
    const drawn = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, drawOne(spec, next())]));
    if (Object.entries(drawn).some(([name, value]) => value !== known[name])) return drawn;
  }
  return known;
}

function drawOne(spec: NumberSpec, part: number): number {
  if ('of' in spec) return spec.of[Math.floor(part * spec.of.length)];
  return spec.from + Math.floor(part * (spec.to - spec.from + 1));
}

function assignment(name: string): RegExp {
  return new RegExp(`^(${name} = )(\\d+(?:\\.\\d+)?)`, 'm');
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Numbers below 1 from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
