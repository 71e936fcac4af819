import type { Machine } from '../machine/machine-types';
import type { EditorStore } from '../state/editor-store';

/** After this the page is drawn, also where the browser does not say when it is idle. */
const DRAWN_MS = 500;

/**
 * What the program in the editor takes long to start is fetched and started before Run is pressed: Python's interpreter, and
 * workers for the processes that the program is likely to have. Not where the reader's browser asks for little traffic.
 */
export function warmWhenIdle(machine: Machine, editor: EditorStore): void {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  if (connection?.saveData === true || machine.shape === 'recorded') return;
  const warm = (): void => {
    const { program } = editor.getState();
    if (program.language !== 'javascript') void machine.warm(program);
  };
  const warmSoon = (): void => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(warm, { timeout: DRAWN_MS });
    else setTimeout(warm, DRAWN_MS);
  };
  warmSoon();
  editor.subscribe((state, before) => {
    if (state.generation !== before.generation || state.program.language !== before.program.language) warmSoon();
  });
}
