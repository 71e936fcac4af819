import { expose } from 'comlink';

/** What a pool of comlink workers is measured with. */
const square = (x: number): number => x * x;
export type Square = typeof square;
expose(square);
