import { RangeSet, StateEffect, StateField, type EditorState, type Extension, type Range, type Text } from '@codemirror/state';
import { EditorView, gutter, GutterMarker } from '@codemirror/view';

const toggle = StateEffect.define<number>();
const replace = StateEffect.define<readonly number[]>();

class Dot extends GutterMarker {
  override toDOM(): HTMLElement {
    const dot = document.createElement('span');
    dot.className = 'cm-breakpoint';
    return dot;
  }
}

const DOT = new Dot();

/** Breakpoints stand at the starts of lines, and move with them. */
const field = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(dots, transaction) {
    let updated = transaction.docChanged ? atLineStarts(dots.map(transaction.changes), transaction.state.doc) : dots;
    for (const effect of transaction.effects) {
      if (effect.is(toggle)) updated = toggled(updated, effect.value);
      else if (effect.is(replace)) updated = dotsAt(effect.value, transaction.state.doc);
    }
    return updated;
  },
});

const look = EditorView.theme({
  '.cm-breakpoint-gutter': { width: '14px', cursor: 'pointer' },
  '.cm-breakpoint': {
    display: 'block', width: '9px', height: '9px', margin: '5.5px 2px', borderRadius: '50%', backgroundColor: 'var(--weft-danger)',
  },
});

/** A gutter in which a click sets or takes away a breakpoint; `onChange` hears of the lines that have one. */
export function breakpoints(lines: readonly number[], onChange: (lines: readonly number[]) => void): Extension {
  return [
    field.init((state) => dotsAt(lines, state.doc)),
    gutter({
      class: 'cm-breakpoint-gutter',
      markers: (view) => view.state.field(field),
      initialSpacer: () => DOT,
      domEventHandlers: {
        mousedown: (view, block) => {
          view.dispatch({ effects: toggle.of(block.from) });
          return true;
        },
      },
    }),
    EditorView.updateListener.of(({ startState, state }) => {
      if (startState.field(field) !== state.field(field)) onChange(linesOf(state));
    }),
    look,
  ];
}

/** Breakpoints at these lines and no others, where they were taken away or set elsewhere. */
export function showBreakpoints(view: EditorView, lines: readonly number[]): void {
  if (view.state.field(field, false) === undefined || String(linesOf(view.state)) === String(lines)) return;
  view.dispatch({ effects: replace.of(lines) });
}

function dotsAt(lines: readonly number[], text: Text): RangeSet<GutterMarker> {
  return RangeSet.of(lines.filter((line) => line <= text.lines).map((line) => DOT.range(text.line(line).from)), true);
}

function linesOf(state: EditorState): number[] {
  const lines: number[] = [];
  for (const dot = state.field(field).iter(); dot.value !== null; dot.next()) lines.push(state.doc.lineAt(dot.from).number);
  return lines;
}

function toggled(dots: RangeSet<GutterMarker>, at: number): RangeSet<GutterMarker> {
  let isThere = false;
  dots.between(at, at, () => {
    isThere = true;
  });
  return isThere ? dots.update({ filter: (from) => from !== at }) : dots.update({ add: [DOT.range(at)] });
}

/** An edit may leave one in the middle of a line, or several on one. */
function atLineStarts(dots: RangeSet<GutterMarker>, text: Text): RangeSet<GutterMarker> {
  const starts = new Map<number, Range<GutterMarker>>();
  for (const dot = dots.iter(); dot.value !== null; dot.next()) {
    const { from } = text.lineAt(Math.min(dot.from, text.length));
    starts.set(from, DOT.range(from));
  }
  return RangeSet.of([...starts.values()], true);
}
