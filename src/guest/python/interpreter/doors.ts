/** What a worker has to reach beyond the machine: network, storage, other workers. */
const DOORS = [
  'fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'importScripts', 'Worker',
  'SharedWorker', 'BroadcastChannel', 'indexedDB', 'IDBFactory', 'caches', 'CacheStorage', 'Notification', 'FileSystemHandle',
  'navigator', 'RTCPeerConnection', 'RTCDataChannel',
];

/**
 * Takes them away, after the interpreter has booted and before the program's first line. Python has no way to JavaScript here
 * (stdlib/_weft_limits.py); this is for whoever finds one.
 */
export function closeDoors(): void {
  for (let level: object = globalThis; level !== Object.prototype; level = Object.getPrototypeOf(level) as object) {
    for (const name of DOORS) {
      const door = Object.getOwnPropertyDescriptor(level, name);
      if (door === undefined || ('value' in door && door.value === undefined)) continue;
      closed.push({ level, name, door });
      if (Reflect.deleteProperty(level, name)) continue;
      Reflect.defineProperty(level, name, { value: undefined });
    }
  }
}

/** What {@link closeDoors} has taken away. */
const closed: { readonly level: object; readonly name: string; readonly door: PropertyDescriptor }[] = [];

/** Puts them back while a further interpreter boots in the same worker: no program runs meanwhile. */
export function openDoors(): void {
  for (const { level, name, door } of closed.splice(0)) Reflect.defineProperty(level, name, door);
}
