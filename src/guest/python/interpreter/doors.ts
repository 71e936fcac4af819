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
      if (!Object.hasOwn(level, name) || Reflect.deleteProperty(level, name)) continue;
      Reflect.defineProperty(level, name, { value: undefined });
    }
  }
}
