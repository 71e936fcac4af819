import type { NativeModule } from './native-module';

/** Of a dictionary of CPython's: how many it has, and its keys' table; of that: how many entries were ever made, and where they begin. */
const USED = 8;
const KEYS = 24;
const KEYS_INDEX_BYTES = 5;
const KEYS_KIND = 6;
const KEYS_MADE = 16;
const KEYS_INDICES = 20;
/** By the kind of keys: of any kind, with their hashes before them; texts. The third kind has its values elsewhere. */
const ENTRY_BYTES: readonly number[] = [12, 8];
const KEY_AND_VALUE_BYTES = 8;

/** How many keys a dictionary has. */
export function sizeOf(u32: Uint32Array, dict: number): number {
  return u32[(dict + USED) >> 2];
}

export function keysOf(u32: Uint32Array, dict: number): number {
  return u32[(dict + KEYS) >> 2];
}

/** How many entries a table of keys has, those that were deleted among them: their key is 0. */
export function entriesMade(u32: Uint32Array, keys: number): number {
  return u32[(keys + KEYS_MADE) >> 2];
}

/** How far it is from one entry to the next; 0 where the values are elsewhere. */
export function entryBytes(u8: Uint8Array, keys: number): number {
  return ENTRY_BYTES.at(u8[keys + KEYS_KIND]) ?? 0;
}

/** Where the first entry has the address of its key, and behind it that of its value. */
export function entriesAt(u8: Uint8Array, keys: number): number {
  return keys + KEYS_INDICES + (1 << u8[keys + KEYS_INDEX_BYTES]) + entryBytes(u8, keys) - KEY_AND_VALUE_BYTES;
}

/** One key of a dictionary. It is looked for first where it was found last. */
export class DictEntry {
  private keys = 0;
  private at = 0;

  constructor(private readonly native: NativeModule, private readonly dict: number, private readonly key: number) {}

  /** Address of its value; 0 where there is none. */
  value(): number {
    const { u32 } = this.native.heap();
    const keys = keysOf(u32, this.dict);
    if (keys !== this.keys || this.at === 0 || u32[this.at >> 2] !== this.key) {
      this.keys = keys;
      this.at = this.find(keys);
    }
    return this.at === 0 ? 0 : u32[(this.at >> 2) + 1];
  }

  private find(keys: number): number {
    const { u8, u32 } = this.native.heap();
    const bytes = entryBytes(u8, keys);
    if (bytes === 0) return 0;
    const from = entriesAt(u8, keys);
    const end = from + entriesMade(u32, keys) * bytes;
    for (let at = from; at < end; at += bytes) if (u32[at >> 2] === this.key) return at;
    return 0;
  }
}
