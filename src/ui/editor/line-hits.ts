import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, gutter, GutterMarker } from '@codemirror/view';

/** How often the program did something on each line, from 1. */
export type LineHits = ReadonlyMap<number, number>;

export interface ShownHits {
  readonly hits: LineHits;
  /** What is said of a count when one points at it. */
  readonly title: (count: number) => string;
}

const NONE: ShownHits = { hits: new Map(), title: String };
const setHits = StateEffect.define<ShownHits>();

const field = StateField.define<ShownHits>({
  create: () => NONE,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHits)) return effect.value;
    // An edit moves lines away from what ran.
    return transaction.docChanged ? NONE : shown;
  },
});

class CountMarker extends GutterMarker {
  constructor(private readonly count: number, private readonly title: string) {
    super();
  }

  override eq(other: CountMarker): boolean {
    return this.count === other.count && this.title === other.title;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.textContent = shortCount(this.count);
    element.title = this.title;
    return element;
  }
}

/** `×12`, `×3k`: there is room for four characters. */
export function shortCount(count: number): string {
  if (count < 1000) return `×${count}`;
  return count < 1_000_000 ? `×${Math.floor(count / 1000)}k` : `×${Math.floor(count / 1_000_000)}M`;
}

const look = EditorView.theme({
  '.cm-hits-gutter': { minWidth: '32px' },
  '.cm-hits-gutter .cm-gutterElement': {
    padding: '0 4px 0 2px',
    color: 'var(--weft-text-faint)',
    fontSize: 'var(--weft-size-xs)',
    fontVariantNumeric: 'tabular-nums',
    textAlign: 'right',
  },
});

/** A gutter that says how often each line did something. Its place is there before the counts are: nothing moves. */
export function lineHits(): Extension {
  return [
    field,
    gutter({
      class: 'cm-hits-gutter',
      lineMarker: (view, block) => {
        const { hits, title } = view.state.field(field);
        const count = hits.get(view.state.doc.lineAt(block.from).number);
        return count === undefined ? null : new CountMarker(count, title(count));
      },
      lineMarkerChange: (update) => update.startState.field(field) !== update.state.field(field),
    }),
    look,
  ];
}

/** Shows these counts and no others. */
export function showLineHits(view: EditorView, shown: ShownHits | undefined): void {
  const next = shown ?? NONE;
  if (next.hits.size === 0 && view.state.field(field).hits.size === 0) return;
  view.dispatch({ effects: setHits.of(next) });
}
