import type { ObjectId, Tid } from '../protocol/ids';
import { EVENT_KINDS, EventKindCode, type EventKind } from '../protocol/trace-events';
import { OBJECT_TYPES, type ObjectType } from '../protocol/words';
import type { EventReader } from './event-reader';
import { eventText, wordOf } from './event-values';
import type { ObjectInfo, Trace } from './trace';

type Draft = { -readonly [Field in keyof ObjectInfo]: ObjectInfo[Field] };

/** What an object must be when its creation is missing from the trace but it is used so. */
const typeByUse: { readonly [Kind in EventKind]?: ObjectType } = {
  acquire: 'lock',
  release: 'lock',
  notify: 'condition',
  set: 'event',
  clear: 'event',
  'barrier-arrive': 'barrier',
  'barrier-open': 'barrier',
  'barrier-break': 'barrier',
  'barrier-reset': 'barrier',
  put: 'queue',
  get: 'queue',
  'task-done': 'joinable queue',
  send: 'pipe',
  receive: 'pipe',
  load: 'value',
  store: 'value',
  'job-submit': 'pool',
  'job-start': 'pool',
  'job-end': 'pool',
  variable: 'variable',
};

/** The kernel objects of a run by number: what they are, who made them, what the program calls them. */
export class ObjectTable implements EventReader {
  readonly kinds: readonly EventKind[] = [
    'object-new',
    'object-name',
    'object-part',
    ...(Object.keys(typeByUse) as EventKind[]),
  ];
  private readonly drafts = new Map<ObjectId, Draft>();
  private readonly infos = new Map<ObjectId, ObjectInfo>();
  private readonly changed = new Set<ObjectId>();

  read(trace: Trace, event: number): void {
    const id = trace.object[event] as ObjectId;
    const draft = this.drafts.get(id);
    switch (trace.kind[event]) {
      case EventKindCode['object-new']:
        if (draft === undefined) this.create(trace, event, id);
        return;
      case EventKindCode['object-name']: {
        const name = eventText(trace, event);
        if (draft === undefined || name === undefined) return;
        draft.name = name;
        draft.named = true;
        this.changed.add(id);
        return;
      }
      case EventKindCode['object-part']:
        if (draft === undefined) return;
        draft.partOf = trace.other[event] as ObjectId;
        this.changed.add(id);
        return;
      default:
        if (draft === undefined) this.infer(trace, event, id);
    }
  }

  typeOf(id: ObjectId): ObjectType {
    return this.drafts.get(id)?.type ?? 'none';
  }

  /**
   * All objects in order of creation, by number; unchanged ones are the same objects as in the answer before.
   */
  snapshot(): ReadonlyMap<ObjectId, ObjectInfo> {
    for (const id of this.changed) {
      const draft = this.drafts.get(id);
      if (draft !== undefined) this.infos.set(id, { ...draft });
    }
    this.changed.clear();
    return new Map(this.infos);
  }

  private create(trace: Trace, event: number, id: ObjectId): void {
    const type = wordOf(OBJECT_TYPES, trace.detail[event]);
    const name = eventText(trace, event);
    this.add(trace, event, {
      id,
      type,
      name: name ?? `${type} ${id}`,
      named: name !== undefined,
      initial: trace.other[event],
    });
  }

  private infer(trace: Trace, event: number, id: ObjectId): void {
    const kind = EVENT_KINDS[trace.kind[event]];
    const type = kind === undefined ? undefined : typeByUse[kind];
    if (type !== undefined)
      this.add(trace, event, { id, type, name: `${type} ${id}`, named: false, initial: 0 });
  }

  private add(
    trace: Trace,
    event: number,
    known: Pick<ObjectInfo, 'id' | 'type' | 'name' | 'named' | 'initial'>,
  ): void {
    if (known.id <= 0) return;
    const creator = trace.task[event] as Tid;
    const createdAt = trace.time[event];
    this.drafts.set(known.id, { ...known, creator, createdAt, partOf: 0 as ObjectId });
    this.changed.add(known.id);
  }
}
