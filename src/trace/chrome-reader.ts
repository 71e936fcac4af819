import { makePlace } from '../protocol/ids';
import { EventKindCode, valueOfInteger, valueOfString, type EventKind } from '../protocol/trace-events';
import {
  BLOCK_REASONS, BlockReasonCode, EndReasonCode, ObjectTypeCode, ReadyCauseCode, StartMethodCode, TASK_STATES, type BlockReason,
  type TaskState,
} from '../protocol/words';
import { translate } from '../text/translate';
import type { ChromeEvent } from './chrome-format';
import { excerpt, isRecord, TraceFormatError } from './trace-document';
import { TraceBuilder } from './trace-builder';
import type { ReadTrace } from './trace-reader';

/** True where a file seems to hold trace events of Chromium. */
export function isChromeTrace(beginning: string): boolean {
  return beginning.includes('"traceEvents"') || (/^\s*\[/.test(beginning) && beginning.includes('"ph"'));
}

/** What happens to one thread at one moment. */
interface Step {
  readonly time: number;
  /** Ends come before beginnings at the same moment, the inner before the outer. */
  readonly order: number;
  readonly act: () => void;
}

interface Thread {
  readonly tid: number;
  /** What the file calls its process. */
  readonly process: string;
  /** Whether it has the number of its process, as a process's first thread has. */
  readonly first: boolean;
  name: string;
  depth: number;
  state: TaskState;
  /** The slices that are open, the innermost first. */
  readonly calls: string[];
}

/** Calls of a thread that are named; how deep it is, is told whole. */
const CALLS_AT_MOST = 12;
const PLACED = ['X', 'B', 'E', 'i', 'I', 'C', 's', 't', 'f', 'M'];

/**
 * Reads trace events (of our own files, Perfetto's JSON, VizTracer) into a trace: threads become tasks that run while a slice
 * is open, slices calls, counters values, flows messages. What has no meaning here is left out and counted.
 * @throws TraceFormatError where there are no events.
 */
export function readChromeTrace(text: string): ReadTrace {
  const events = eventsOf(text);
  const reader = new ChromeReader();
  for (const event of events) reader.take(event);
  return reader.finish();
}

function eventsOf(text: string): readonly unknown[] {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch (error) {
    // The format allows the closing bracket to be missing: writers that die leave it out.
    const rest = text.trimStart().startsWith('[') ? parsed(`${text.trimEnd().replace(/,$/, '')}]`) : undefined;
    if (rest === undefined) {
      const reason = excerpt(error instanceof Error ? error.message : String(error));
      throw new TraceFormatError(translate('errors.trace.notJson', { reason }));
    }
    whole = rest;
  }
  const events = isRecord(whole) ? whole.traceEvents : whole;
  if (!Array.isArray(events) || events.length === 0) throw new TraceFormatError(translate('errors.trace.chromeEmpty'));
  return events as unknown[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

class ChromeReader {
  private readonly builder = new TraceBuilder({ clock: 'real' });
  private readonly threads = new Map<string, Thread>();
  private readonly objects = new Map<string, number>();
  private readonly flows = new Map<string, number>();
  private readonly steps: Step[] = [];
  private readonly processNames = new Map<string, string>();
  private earliest = Infinity;
  private leftOut = 0;
  private now = 0;

  take(given: unknown): void {
    const event = isRecord(given) ? (given as unknown as ChromeEvent) : undefined;
    const placed = event !== undefined && typeof event.ph === 'string' && PLACED.includes(event.ph);
    if (!placed || (event.ph !== 'M' && !Number.isFinite(event.ts))) {
      this.leftOut++;
      return;
    }
    if (event.ph === 'M') {
      this.name(event);
      return;
    }
    const thread = this.threadOf(event);
    const time = (event.ts ?? 0) * 1e3;
    this.earliest = Math.min(this.earliest, time);
    switch (event.ph) {
      case 'X': {
        const end = time + Math.max(0, Number(event.dur) || 0) * 1e3;
        this.add(time, end - time > 0 ? -end : 0, () => this.begin(thread, event));
        // Where one slice ends and the next begins, the end comes first.
        this.add(end, -Infinity, () => this.end(thread, event));
        return;
      }
      case 'B':
        this.add(time, 0, () => this.begin(thread, event));
        return;
      case 'E':
        this.add(time, -Infinity, () => this.end(thread, event));
        return;
      case 'C':
        this.add(time, 1, () => this.count(thread, event));
        return;
      case 's':
      case 't':
      case 'f':
        this.add(time, event.ph === 's' ? 2 : 3, () => this.flow(thread, event));
        return;
      default:
        this.add(time, 1, () => this.emit('output', thread.tid, { detail: 1, value: this.text(`${event.name ?? ''}\n`) }));
    }
  }

  finish(): ReadTrace {
    this.now = 0;
    this.createTasks();
    // Steps of one moment stay in the order of the file where nothing else says how they go.
    this.steps.sort((a, b) => a.time - b.time || a.order - b.order);
    for (const step of this.steps) {
      this.now = step.time - this.earliest;
      step.act();
    }
    this.emit('run-end', 0, { detail: EndReasonCode.finished });
    const notes = this.leftOut > 0 ? [translate('errors.trace.chromeLeftOut', { count: this.leftOut })] : [];
    return { trace: this.builder.snapshot(), notes };
  }

  private add(time: number, order: number, act: () => void): void {
    this.steps.push({ time, order, act });
  }

  private name({ name, pid, tid, args }: ChromeEvent): void {
    if (typeof args?.name !== 'string') return;
    if (name === 'process_name') this.processNames.set(String(pid), args.name);
    else if (name === 'thread_name') this.threadOf({ ph: 'M', ...(pid !== undefined && { pid }), ...(tid !== undefined && { tid }) }).name = args.name;
  }

  private threadOf({ pid = 0, tid = pid }: ChromeEvent): Thread {
    const key = `${pid} ${tid}`;
    let thread = this.threads.get(key);
    if (thread === undefined) {
      const first = String(pid) === String(tid);
      thread = { tid: this.threads.size + 2, process: String(pid), first, name: `thread ${tid}`, depth: 0, state: 'new', calls: [] };
      this.threads.set(key, thread);
    }
    return thread;
  }

  /** A process is created before its threads, whatever the order in the file. */
  private createTasks(): void {
    const threads = [...this.threads.values()];
    const firsts = new Map<string, Thread>();
    for (const thread of threads) if (thread.first || !firsts.has(thread.process)) firsts.set(thread.process, thread);
    for (const { tid, process, name } of firsts.values()) {
      const value = this.text(this.processNames.get(process) ?? name);
      this.emit('task-new', 0, { detail: StartMethodCode.initial, object: tid, other: tid, value });
    }
    for (const thread of threads) {
      const first = firsts.get(thread.process);
      if (first === undefined || first === thread) continue;
      const value = this.text(thread.name);
      // Who started it the file does not say.
      this.emit('task-new', 0, { detail: StartMethodCode.thread, object: first.tid, other: thread.tid, value });
    }
  }

  private begin(thread: Thread, { name = '', args }: ChromeEvent): void {
    const state = TASK_STATES.find((known) => known === args?.state) ?? 'running';
    const place = typeof args?.line === 'number' && args.line > 0 ? makePlace(0, args.line) : 0;
    thread.depth++;
    if (args?.state === undefined) {
      this.change(thread, 'running', 'none', 0, place);
      thread.calls.unshift(name.replaceAll(' < ', '<'));
      this.tellCalls(thread);
      this.emit('call', thread.tid, { value: this.text(name), place });
      return;
    }
    const reason = BLOCK_REASONS.find((known) => known === args.reason) ?? 'none';
    const object = typeof args.object === 'string' ? this.objectOf(args.object, 'none', thread) : 0;
    this.change(thread, state, reason, object, place);
  }

  private end(thread: Thread, { args }: ChromeEvent): void {
    if (thread.depth === 0) return;
    thread.depth--;
    if (args?.state !== undefined) return;
    this.emit('return', thread.tid, {});
    thread.calls.shift();
    this.tellCalls(thread);
    if (thread.depth === 0) this.change(thread, 'ready', 'none', 0, 0);
  }

  private tellCalls({ tid, calls }: Thread): void {
    this.emit('calls', tid, { value: this.text(calls.slice(0, CALLS_AT_MOST).join(' < ')), other: calls.length });
  }

  private change(thread: Thread, state: TaskState, reason: BlockReason, object: number, place: number): void {
    const { tid } = thread;
    if (thread.state === state && state !== 'blocked') return;
    thread.state = state;
    switch (state) {
      case 'running':
        return this.emit('task-run', tid, { place });
      case 'blocked':
        return this.emit('task-block', tid, { detail: BlockReasonCode[reason], object, place });
      case 'stopped':
        return this.emit('task-stop', tid, { place });
      case 'zombie':
      case 'dead':
        return this.emit('task-exit', tid, { place });
      default:
        return this.emit('task-ready', tid, { detail: ReadyCauseCode.woken });
    }
  }

  private count(thread: Thread, { name = '', args = {} }: ChromeEvent): void {
    for (const [key, amount] of Object.entries(args)) {
      if (typeof amount !== 'number') continue;
      const object = this.objectOf(key === 'value' ? name : `${name} ${key}`, 'value', thread);
      this.emit('store', thread.tid, { object, value: valueOfInteger(amount) ?? this.text(String(amount)) });
    }
  }

  /** The number of a flow is that of its message; a step on its way is an end and a beginning. */
  private flow(thread: Thread, { ph, name = '', cat = '', id = 0 }: ChromeEvent): void {
    const object = this.objectOf(name, 'future', thread);
    const key = `${name} ${cat} ${id}`;
    if (ph !== 's') {
      const sent = this.flows.get(key);
      if (sent === undefined) return;
      this.emit('job-start', thread.tid, { object, other: sent });
      if (ph === 'f') return;
    }
    const number = this.flows.size + 1;
    this.flows.set(key, number);
    this.emit('job-submit', thread.tid, { object, other: number });
  }

  private objectOf(name: string, type: 'none' | 'value' | 'future', thread: Thread): number {
    const key = `${type} ${name}`;
    let object = this.objects.get(key);
    if (object === undefined) {
      object = this.objects.size + 1;
      this.objects.set(key, object);
      this.emit('object-new', thread.tid, { detail: ObjectTypeCode[type], object, value: this.text(name) });
    }
    return object;
  }

  private text(text: string): number {
    return valueOfString(this.builder.internText(text));
  }

  private emit(kind: EventKind, task: number, fields: Partial<Record<'detail' | 'object' | 'other' | 'value' | 'place', number>>): void {
    const { detail = 0, object = 0, other = 0, value = 0, place = 0 } = fields;
    this.builder.addEvent({ kind: EventKindCode[kind], detail, extra: 0, task, time: Math.round(this.now), object, place, other, value });
  }
}
