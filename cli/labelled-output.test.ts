import { describe, expect, it } from 'vitest';
import { LabelledOutput } from './labelled-output.mjs';

describe('the output of programs side by side', () => {
  it('has each line whole, behind the name of its program', () => {
    const written: [string, string][] = [];
    const output = new LabelledOutput(['server', 'me'], (stream, text) => written.push([stream, text]));
    output.write(0, 'stdout', 'wait');
    output.write(1, 'stdout', 'one\ntwo\nth');
    output.write(0, 'stderr', 'oh\n');
    output.write(0, 'stdout', 'ing\n');
    output.write(1, 'stdout', 'ree');
    output.end();
    expect(written).toEqual([
      ['stdout', 'me     | one\nme     | two\n'], ['stderr', 'server | oh\n'], ['stdout', 'server | waiting\n'],
      ['stdout', 'me     | three\n'],
    ]);
  });
});
