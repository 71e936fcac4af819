/** What a key of the timeline does. */
export type KeyCommand =
  | 'zoom-in' | 'zoom-out' | 'earlier' | 'later' | 'fit' | 'start' | 'end' | 'up' | 'down' | 'left' | 'right' | 'pick'
  | 'cause' | 'effect' | 'previous-event' | 'next-event' | 'show-selection' | 'clear' | 'help' | 'play'
  | 'note' | 'variables';

const commands = new Map<string, KeyCommand>(Object.entries({
  'w': 'zoom-in', '+': 'zoom-in', '=': 'zoom-in',
  's': 'zoom-out', '-': 'zoom-out', '_': 'zoom-out',
  'a': 'earlier', 'd': 'later',
  '0': 'fit', 'f': 'show-selection',
  'Home': 'start', 'End': 'end',
  'ArrowLeft': 'left', 'ArrowRight': 'right', 'ArrowUp': 'up', 'ArrowDown': 'down',
  'Enter': 'pick', '[': 'cause', ']': 'effect', ',': 'previous-event', '.': 'next-event',
  'Escape': 'clear', '?': 'help', 'k': 'play', 'b': 'note', 'v': 'variables',
} as const));

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The command of a key, or undefined where the key is not the timeline's. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: Key): KeyCommand | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  return commands.get(key) ?? commands.get(key.toLowerCase());
}

/** The key that makes the wheel zoom, as it is called on the reader's keyboard. */
export function zoomKey(): string {
  return navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';
}
