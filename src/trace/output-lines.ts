import type { Tid } from '../protocol/ids';
import { EventKindCode, type EventKind } from '../protocol/trace-events';
import { END_REASONS, type EndReason } from '../protocol/words';
import type { EventReader } from './event-reader';
import { eventText, wordOf } from './event-values';
import type { TaskTable } from './task-table';
import type { OutputLine, Trace, TraceFinding } from './trace';

const STDERR = 2;

/** What a run said: output of the program, findings and panics of the machine, and how it ended. */
export class OutputLines implements EventReader {
  readonly kinds: readonly EventKind[] = ['output', 'finding', 'panic', 'run-end'];
  end: { readonly reason: EndReason; readonly status: number } | undefined;
  panic: string | undefined;
  private readonly output: OutputLine[] = [];
  private readonly found: TraceFinding[] = [];

  constructor(private readonly tasks: TaskTable) {}

  read(trace: Trace, event: number): void {
    const time = trace.time[event];
    const text = eventText(trace, event) ?? '';
    switch (trace.kind[event]) {
      case EventKindCode['output']: {
        const task = trace.task[event] as Tid;
        const stream = trace.detail[event] === STDERR ? 'stderr' : 'stdout';
        this.output.push({ event, time, task, pid: this.tasks.pidOf(task), stream, text });
        return;
      }
      case EventKindCode['finding']:
        this.found.push({ event, time });
        return;
      case EventKindCode['panic']:
        this.panic ??= text;
        return;
      case EventKindCode['run-end']:
        this.end ??= {
          reason: wordOf(END_REASONS, trace.detail[event]),
          status: trace.other[event],
        };
        return;
      default:
    }
  }

  snapshot(): { readonly output: readonly OutputLine[]; readonly findings: readonly TraceFinding[] } {
    return { output: this.output.slice(), findings: this.found.slice() };
  }
}
