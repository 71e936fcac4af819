import { EventKindCode, valueIsInteger } from '../protocol/trace-events';
import { END_REASONS, FINDING_KINDS, type EndReason } from '../protocol/words';
import { choicesOf } from '../trace/choices';
import { describeFinding } from '../trace/describe-finding';
import { buildModel } from '../trace/model';
import type { Trace } from '../trace/trace';
import { BY_ITSELF, type Branch, type FoundInRun, type Outcome, type ScheduledRun } from './schedule';

const STDERR = 2;

/** What a search wants to know of a run that is over; `branchesAsked`: how many were to be recorded at most. */
export function readRun(trace: Trace, branchesAsked: number): ScheduledRun {
  const branches = branchesOf(trace);
  const outcome = { ...outcomeOf(trace), findings: findingsOf(trace) };
  return {
    choices: choicesOf(trace),
    branches,
    branchesCut: branchesAsked > 0 && branches.length >= branchesAsked,
    steps: stepsOf(trace),
    outcome,
    parted: outcome.findings.some(({ kind }) => kind === 'replay parted'),
  };
}

function branchesOf({ kind, task, other, value, place, length }: Trace): Branch[] {
  const branches: Branch[] = [];
  let choices = 0;
  for (let event = 0; event < length; event++) {
    if (kind[event] === EventKindCode['task-run']) choices++;
    if (kind[event] !== EventKindCode.branch) continue;
    const isInTurn = valueIsInteger(value[event]);
    branches.push({
      choice: isInTurn ? choices - 1 : choices, task: task[event], other: other[event],
      steps: isInTurn ? value[event] >> 1 : BY_ITSELF, place: place[event],
    });
  }
  return branches;
}

function outcomeOf({ kind, detail, other, value, strings, length }: Trace): Omit<Outcome, 'findings'> {
  let end: EndReason = 'stopped';
  let status = 0;
  let stdout = '';
  let stderr = '';
  let panic: string | undefined;
  const failedExits: number[] = [];
  for (let event = 0; event < length; event++) {
    const text = (): string => (valueIsInteger(value[event]) ? '' : strings[value[event] >>> 1] ?? '');
    switch (kind[event]) {
      case EventKindCode.output:
        if (detail[event] === STDERR) stderr += text();
        else stdout += text();
        break;
      case EventKindCode['task-exit']:
        if (other[event] > 0) failedExits.push(other[event]);
        break;
      case EventKindCode.panic:
        panic ??= text();
        break;
      case EventKindCode['run-end']:
        end = END_REASONS[detail[event]];
        status = other[event];
        break;
    }
  }
  return { end, status, failedExits, stdout, stderr, ...(panic !== undefined && { panic }) };
}

/** Each with its sentence. For that the model is needed, which a run without findings does without. */
function findingsOf(trace: Trace): FoundInRun[] {
  const { kind, detail, length } = trace;
  if (!kind.subarray(0, length).includes(EventKindCode.finding)) return [];
  const model = buildModel(trace);
  return model.findings.map(({ event }) => ({ kind: FINDING_KINDS[detail[event]], text: describeFinding(model, event) }));
}

/** What `run-end`, the last event, says. */
function stepsOf({ kind, value, length }: Trace): number {
  const last = length - 1;
  return last >= 0 && kind[last] === EventKindCode['run-end'] && valueIsInteger(value[last]) ? value[last] >> 1 : 0;
}
