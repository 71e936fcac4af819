import { expect, test } from 'vitest';
import { commandOf } from './keys';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test('letters mean the same with and without capitals', () => {
  expect(commandOf({ ...plain, key: 'w' })).toBe('zoom-in');
  expect(commandOf({ ...plain, key: 'W' })).toBe('zoom-in');
});

test('keys with control, meta or alt are the browser\'s', () => {
  for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
    expect(commandOf({ ...plain, [held]: true, key: '0' })).toBeUndefined();
  }
});

test('keys that are not the timeline\'s are left alone', () => {
  for (const key of ['Tab', 'x', ' ', 'F5', 'toString']) expect(commandOf({ ...plain, key })).toBeUndefined();
});
