import { makePlace } from '../protocol/ids';
import { EventKindCode, valueOfInteger, valueOfString, type EventKind } from '../protocol/trace-events';
import {
  BLOCK_REASONS,
  BlockReasonCode,
  END_REASONS,
  EndReasonCode,
  ObjectTypeCode,
  ReadyCauseCode,
  StartMethodCode,
  type BlockReason,
  type ObjectType,
  type ReadyCause,
  type StartMethod,
} from '../protocol/words';
import { blockReasonByType, objectVerbs, plainVerbs } from './drawn-verbs';
import { TraceBuilder } from './trace-builder';
import type { Trace } from './trace';

/** What a task does in one cell of a drawing. */
export interface Deed {
  readonly text: string;
  readonly verb: string;
  readonly subject: string | undefined;
  readonly detail: string | undefined;
  readonly count: number | undefined;
  readonly value: number | string | undefined;
  readonly line: number;
  readonly woken: readonly string[];
  readonly creates: boolean;
}

interface DrawnTask {
  readonly tid: number;
  pid: number;
  state: 'none' | 'ready' | 'running' | 'blocked' | 'stopped' | 'ended';
}

interface DrawnObject {
  readonly id: number;
  readonly type: ObjectType;
  /** Items, value, depth, arrivals: what its events count. */
  count: number;
  /** Who acquired it last and has not released it. */
  holder: number;
}

interface Fields {
  readonly detail?: number;
  readonly extra?: number;
  readonly object?: number;
  readonly other?: number;
  readonly value?: number | string | undefined;
  readonly line?: number;
}

/** What may happen to a task that does not run. */
const possibleWhile: { readonly [State in DrawnTask['state']]?: readonly string[] } = {
  blocked: ['timeout', 'interrupt', 'exit', 'stop'],
  stopped: ['continue', 'exit'],
};

/** Init has number 1, as in the kernel. */
const FIRST_TID = 2;

/** Writes the events of a drawing as the kernel would, and objects to what no kernel could do. */
export class DrawnRun {
  time = 0;
  private readonly builder = new TraceBuilder({ clock: 'real' });
  private readonly tasks = new Map<string, DrawnTask>();
  private readonly objects = new Map<string, DrawnObject>();
  private deed: Deed | undefined;

  constructor(tasks: readonly { readonly name: string; readonly created: boolean }[]) {
    this.builder.addFile(0, 'main.js');
    for (const [index, { name }] of tasks.entries()) {
      if (this.tasks.has(name)) throw new Error(`duplicate task in a drawing: ${name}`);
      this.tasks.set(name, { tid: FIRST_TID + index, pid: FIRST_TID + index, state: 'none' });
    }
    for (const { name, created } of tasks)
      if (!created) this.create(0, name, this.task(name), 'initial', false);
  }

  trace(): Trace {
    return this.builder.snapshot();
  }

  makeObject(name: string, type: ObjectType, initial: number, creator = FIRST_TID): DrawnObject {
    const startsWithInitial = type === 'semaphore' || type === 'bounded semaphore';
    const object: DrawnObject = {
      id: this.objects.size + 1,
      type,
      count: startsWithInitial ? initial : 0,
      holder: 0,
    };
    this.objects.set(name, object);
    this.emit('object-new', creator, {
      detail: ObjectTypeCode[type],
      object: object.id,
      other: initial,
      value: name,
    });
    return object;
  }

  act(name: string, deed: Deed, column: number): void {
    this.deed = deed;
    const task = this.task(name);
    const { tid } = task;
    const { verb, line, value } = deed;
    if (task.state === 'ready') {
      this.emit('task-run', tid);
      task.state = 'running';
    } else if (task.state !== 'running' && !(possibleWhile[task.state] ?? []).includes(verb)) {
      const state = task.state === 'none' ? 'not created' : task.state;
      throw new Error(`${name} cannot do ${deed.text} in column ${column}: it is ${state}`);
    }

    const objectVerb = objectVerbs[verb];
    const plainVerb = plainVerbs[verb];
    let object = 0;
    if (deed.creates)
      this.create(tid, deed.subject ?? '', this.subjectTask(), verb as StartMethod, deed.detail === 'daemon');
    else if (objectVerb !== undefined)
      object = this.use(task, deed, objectVerb.kind, objectVerb.type, objectVerb.counts);
    else if (plainVerb !== undefined)
      this.emit(plainVerb.kind, tid, { detail: plainVerb.detail, value, line });
    else this.changeState(task, deed);

    for (const woken of deed.woken) this.wake(this.task(woken), 'woken', tid, object, line);
  }

  private changeState(task: DrawnTask, deed: Deed): void {
    const { tid } = task;
    const { verb, line, value } = deed;
    switch (verb) {
      case 'run':
        return;
      case 'block': {
        const object = deed.subject === undefined ? undefined : this.knownObject(deed.subject);
        const reason =
          deed.detail ?? (object === undefined ? 'none' : blockReasonByType[object.type]) ?? 'none';
        if (!BLOCK_REASONS.includes(reason as BlockReason))
          throw new Error(`unknown reason in a drawing: ${deed.text}`);
        return this.block(
          task,
          reason as BlockReason,
          object?.id ?? 0,
          reason === 'lock' ? (object?.holder ?? 0) : 0,
          line,
        );
      }
      case 'sleep':
      case 'input':
        return this.block(task, verb, 0, 0, line);
      case 'join':
        return this.block(task, 'join', 0, this.subjectTask().tid, line);
      case 'wait':
        return this.block(task, 'wait', 0, deed.subject === undefined ? 0 : this.subjectTask().tid, line);
      case 'timeout':
        return this.wake(task, 'timed out', 0, 0, 0);
      case 'interrupt':
        return this.wake(task, 'interrupted', 0, 0, 0);
      case 'preempt':
        return this.ready(task, 'preempted', 0, 0, 0);
      case 'stop':
        this.emit('task-stop', tid);
        task.state = 'stopped';
        return;
      case 'continue':
        this.emit('task-continue', tid);
        return this.ready(task, 'continued', 0, 0, 0);
      case 'exit':
        task.state = 'ended';
        return this.emit('task-exit', tid, { other: Number(value ?? 0), line });
      case 'reap':
        return this.emit('task-reap', tid, { other: this.subjectTask().tid, line });
      case 'adopt':
        return this.emit('task-adopt', tid, { other: deed.subject === 'init' ? 1 : this.subjectTask().tid });
      case 'signal':
        return this.emit('signal-send', tid, { detail: Number(value), other: this.subjectTask().tid, line });
      case 'take':
        return this.emit('signal-deliver', tid, { detail: Number(value), line });
      case 'end': {
        const reason = END_REASONS.find((known) => known === value) ?? 'finished';
        return this.emit('run-end', 0, { detail: EndReasonCode[reason] });
      }
      default:
        throw new Error(`unknown verb in a drawing: ${deed.text}`);
    }
  }

  private use(
    task: DrawnTask,
    deed: Deed,
    kind: EventKind,
    type: ObjectType,
    counts: number | 'woken' | 'value',
  ): number {
    const { tid } = task;
    const object = this.object(deed.subject ?? '', type, tid);
    if (counts === 'woken') object.count = deed.woken.length;
    // A semaphore counts what is left, a lock how deep it is held.
    else if (counts !== 'value') object.count += object.type.endsWith('semaphore') ? -counts : counts;
    if (deed.count !== undefined) object.count = deed.count;
    this.emit(kind, tid, {
      // Messages go towards end 1 of a pipe unless `/0` is said.
      detail: kind === 'send' || kind === 'receive' ? Number(deed.detail ?? 1) : 0,
      object: object.id,
      other: counts === 'value' ? (deed.count ?? 0) : object.count,
      value: deed.value,
      line: deed.line,
    });
    if (kind === 'barrier-open') object.count = 0;
    if (kind === 'acquire') object.holder = tid;
    else if (kind === 'release') object.holder = 0;
    return object.id;
  }

  private create(creator: number, name: string, task: DrawnTask, method: StartMethod, daemon: boolean): void {
    if (task.state !== 'none') throw new Error(`${name} is created twice in a drawing`);
    const creating = [...this.tasks.values()].find(({ tid }) => tid === creator);
    const sharesProcess = method === 'thread' || method === 'coroutine';
    if (sharesProcess && creating !== undefined) task.pid = creating.pid;
    const line = this.deed?.line ?? 0;
    this.emit('task-new', creator, {
      detail: StartMethodCode[method],
      extra: daemon ? 1 : 0,
      object: task.pid,
      other: task.tid,
      value: name,
      line,
    });
    this.ready(task, 'started', creator, 0, line);
  }

  private block(task: DrawnTask, reason: BlockReason, object: number, other: number, line: number): void {
    this.emit('task-block', task.tid, { detail: BlockReasonCode[reason], object, other, line });
    task.state = 'blocked';
  }

  private wake(task: DrawnTask, cause: ReadyCause, waker: number, object: number, line: number): void {
    if (task.state !== 'blocked')
      throw new Error(`${this.deed?.text ?? ''} wakes a task that is ${task.state}`);
    this.ready(task, cause, waker, object, line);
  }

  private ready(task: DrawnTask, cause: ReadyCause, waker: number, object: number, line: number): void {
    this.emit('task-ready', task.tid, { detail: ReadyCauseCode[cause], object, other: waker, line });
    task.state = 'ready';
  }

  private emit(kind: EventKind, task: number, fields: Fields = {}): void {
    const { detail = 0, extra = 0, object = 0, other = 0, value, line = 0 } = fields;
    const integer = typeof value === 'number' ? valueOfInteger(value) : undefined;
    const packed =
      value === undefined ? 0 : (integer ?? valueOfString(this.builder.internText(String(value))));
    const place = makePlace(0, line);
    this.builder.addEvent({
      kind: EventKindCode[kind],
      detail,
      extra,
      task,
      time: this.time,
      object,
      place,
      other,
      value: packed,
    });
  }

  private task(name: string): DrawnTask {
    const task = this.tasks.get(name);
    if (task === undefined) throw new Error(`unknown task in a drawing: ${name}`);
    return task;
  }

  private subjectTask(): DrawnTask {
    return this.task(this.deed?.subject ?? '');
  }

  /** An object that is waited on says why by its type, so it must have one. */
  private knownObject(name: string): DrawnObject {
    const object = this.objects.get(name);
    if (object === undefined)
      throw new Error(`unknown object in a drawing: ${name} (say what it is: ${name} = lock)`);
    return object;
  }

  private object(name: string, type: ObjectType, creator: number): DrawnObject {
    return this.objects.get(name) ?? this.makeObject(name, type, 0, creator);
  }
}
