import type { Program } from '../../src/protocol/program';

/** A program of one file, main.py. */
export function python(text: string): Program {
  return { language: 'python', entry: 'main.py', files: [{ name: 'main.py', text }] };
}
