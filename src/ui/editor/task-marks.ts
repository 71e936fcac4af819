import { StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, type DecorationSet } from '@codemirror/view';

/** A task that is on a line now, as the editor shows it. */
export interface TaskMark {
  /** From 1. */
  readonly line: number;
  /** A colour of CSS: that of the task's process. */
  readonly color: string;
  /** Who, and what it does, in words. */
  readonly title: string;
  /** A task that waits is drawn hollow. */
  readonly waiting: boolean;
}

const setMarks = StateEffect.define<readonly TaskMark[]>();

interface MarksByLine {
  readonly marks: ReadonlyMap<number, readonly TaskMark[]>;
  readonly lines: DecorationSet;
}

const NO_MARKS: MarksByLine = { marks: new Map(), lines: Decoration.none };
/** More dots than this would not fit beside a line number; the last one then stands for the rest. */
const DOTS_AT_MOST = 3;

const field = StateField.define<MarksByLine>({
  create: () => NO_MARKS,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return byLine(effect.value, transaction.state.doc);
    }
    // An edit moves lines away from what ran; the marks come back with the next moment that is shown.
    return transaction.docChanged ? NO_MARKS : marks;
  },
  provide: (self) => EditorView.decorations.from(self, (value) => value.lines),
});

class DotsMarker extends GutterMarker {
  constructor(private readonly marks: readonly TaskMark[]) {
    super();
  }

  override eq(other: DotsMarker): boolean {
    return (
      this.marks.length === other.marks.length &&
      this.marks.every((mark, index) => {
        const another = other.marks[index];
        return (
          mark.color === another.color && mark.title === another.title && mark.waiting === another.waiting
        );
      })
    );
  }

  override toDOM(): HTMLElement {
    const dots = document.createElement('span');
    dots.className = 'cm-task-dots';
    dots.title = this.marks.map((mark) => mark.title).join('\n');
    for (const mark of this.marks.slice(0, DOTS_AT_MOST)) {
      const dot = dots.appendChild(document.createElement('i'));
      dot.style.setProperty('--mark', mark.color);
      if (mark.waiting) dot.className = 'cm-task-waiting';
    }
    return dots;
  }
}

const look = EditorView.theme({
  '.cm-task-gutter': { width: '26px' },
  '.cm-task-gutter .cm-gutterElement': { padding: '0' },
  '.cm-task-dots': {
    display: 'flex',
    gap: '2px',
    height: '20px',
    alignItems: 'center',
    justifyContent: 'flex-end',
    cursor: 'default',
  },
  '.cm-task-dots i': {
    width: '6px',
    height: '6px',
    boxSizing: 'border-box',
    borderRadius: '50%',
    flex: 'none',
    backgroundColor: 'var(--mark)',
    border: '1.5px solid var(--mark)',
  },
  '.cm-task-dots i.cm-task-waiting': { backgroundColor: 'transparent' },
  '.cm-task-line': {
    backgroundColor: 'color-mix(in srgb, var(--mark) 11%, transparent)',
    boxShadow: 'inset 2px 0 0 var(--mark)',
  },
});

/** A gutter with a dot for each task on its line, and a tint of the line in the first one's colour. */
export function taskMarks(): Extension {
  return [
    field,
    gutter({
      class: 'cm-task-gutter',
      lineMarker: (view, block) => {
        const marks = view.state.field(field).marks.get(view.state.doc.lineAt(block.from).number);
        return marks === undefined ? null : new DotsMarker(marks);
      },
      lineMarkerChange: (update) => update.startState.field(field) !== update.state.field(field),
    }),
    look,
  ];
}

/** Shows these marks and no others. */
export function showTaskMarks(view: EditorView, marks: readonly TaskMark[]): void {
  if (marks.length === 0 && view.state.field(field).marks.size === 0) return;
  view.dispatch({ effects: setMarks.of(marks) });
}

function byLine(marks: readonly TaskMark[], text: Text): MarksByLine {
  const lines = new Map<number, TaskMark[]>();
  for (const mark of marks) {
    if (mark.line < 1 || mark.line > text.lines) continue;
    const others = lines.get(mark.line);
    if (others === undefined) lines.set(mark.line, [mark]);
    else others.push(mark);
  }
  const decorations = [...lines].map(([line, [first]]) =>
    Decoration.line({
      class: 'cm-task-line',
      attributes: { style: `--mark: ${first.color}` },
    }).range(text.line(line).from),
  );
  return { marks: lines, lines: Decoration.set(decorations, true) };
}
