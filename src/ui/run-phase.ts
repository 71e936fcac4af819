import type { RunPhase } from '../state/run-store';

/** True while a run can be stopped. */
export function isRunning(phase: RunPhase): boolean {
  return phase === 'starting' || phase === 'running';
}

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys of the page as this reader's keyboard has them. */
export const KEYS = {
  run: mac ? '⌘ ↵' : 'Ctrl+Enter',
  stop: 'Esc',
  goOn: 'F8',
  step: 'F10',
  stepBack: mac ? '⇧ F10' : 'Shift+F10',
  stepSwitch: 'F9',
  runToHere: 'Ctrl+F10',
  complete: 'Ctrl+Space',
  find: mac ? '⌘ F' : 'Ctrl+F',
  help: '?',
} as const;
