import { describe, expect, it } from 'vitest';
import * as api from './api';
import { Connection } from './api/pipe';
import { AsyncResult, PoolIterator } from './api/async-result';
import { apiDocs, resultDocs, type ApiEntry } from './api-docs';

const entries: readonly (readonly [string, ApiEntry])[] = Object.entries({ ...apiDocs, ...resultDocs });
/** Whose members an entry lists: of functions, those of what they answer. */
const classes: Readonly<Record<string, unknown>> = { ...api, Pipe: Connection, AsyncResult, PoolIterator };

/** Fields that only instances have, which are made under a kernel. */
const FIELDS = new Set(['name', 'daemon', 'lock']);
/** What instances have for the runtime's own use, or is private to the compiler alone. */
const INTERNAL = new Set([
  'constructor',
  'slot',
  'collect',
  'collectReady',
  'refuseRelease',
  'waitUntil',
  'open',
  'load',
  'store',
  'refuseIndex',
  'startWith',
  'joinUntil',
  'begin',
  'signal',
  'numberOf',
  'submitChunks',
  'submitEach',
  'submit',
  'settle',
  'fail',
  'tendProcesses',
  'replace',
  'startProcess',
  'finish',
  'take',
]);

/** Methods and properties of a class and of those that it extends. */
function membersOf(type: unknown): Set<string> {
  const members = new Set<string>();
  for (
    let level = (type as { prototype: object }).prototype;
    level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object
  ) {
    for (const key of Object.getOwnPropertyNames(level)) members.add(key);
  }
  return members;
}

describe('documented members', () => {
  const withMembers = entries.filter(([, { members }]) => members !== undefined);

  it.each(withMembers)('of %s are there', (name, { members }) => {
    const there = membersOf(classes[name]);
    expect(Object.keys(members!).filter((member) => !there.has(member) && !FIELDS.has(member))).toEqual([]);
  });

  it.each(withMembers)('of %s are all that a program can use', (name, { members }) => {
    const there = [...membersOf(classes[name])].filter((member) => !INTERNAL.has(member));
    expect(there.filter((member) => !Object.hasOwn(members!, member))).toEqual([]);
  });
});
