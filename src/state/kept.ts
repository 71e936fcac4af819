/** The part of `localStorage` that is used; tests hand in a Map's worth. */
export interface KeptStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** What was kept under `key`, read by `parse` (which gets `undefined` where nothing sensible is there). */
export function readKept<Value>(storage: KeptStorage, key: string, parse: (value: unknown) => Value): Value {
  try {
    return parse(JSON.parse(storage.getItem(key) ?? 'null') ?? undefined);
  } catch {
    return parse(undefined);
  }
}

/** Keeps a value. A browser that keeps nothing (full, or forbidden to) is no reason to fail. */
export function writeKept(storage: KeptStorage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // The page works on; next time it starts from its defaults.
  }
}

/** Storage of a page that may not keep anything, and of tests. */
export function memoryStorage(): KeptStorage {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

/** The browser's storage; reading the property itself throws where cookies are blocked. */
export function pageStorage(): KeptStorage {
  try {
    return window.localStorage;
  } catch {
    return memoryStorage();
  }
}
