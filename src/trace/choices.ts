import type { VirtualSettings } from '../protocol/program';
import { EventKindCode, valueIsInteger } from '../protocol/trace-events';
import { ReadyCauseCode } from '../protocol/words';
import type { Trace } from './trace';

/**
 * The scheduler's choices in a run of virtual time: pairs of the number of a task that was put on a CPU and of the steps
 * after which it had to give way, or -1 where it left by itself. `events`: those of so many events from the start.
 */
export function choicesOf(trace: Trace, events = trace.length): number[] {
  const choices: number[] = [];
  /** Where in `choices` the steps of a task's present turn go. */
  const turns = new Map<number, number>();
  for (let event = 0; event < events; event++) {
    const task = trace.task[event];
    if (trace.kind[event] === EventKindCode['task-run']) {
      turns.set(task, choices.length + 1);
      choices.push(task, -1);
    } else if (trace.kind[event] === EventKindCode['task-ready'] && trace.detail[event] === ReadyCauseCode.preempted) {
      const turn = turns.get(task);
      const value = trace.value[event];
      if (turn !== undefined) choices[turn] = valueIsInteger(value) ? value >> 1 : 0;
    }
  }
  return choices;
}

/** The settings that do the recorded run again, choice by choice; undefined for a trace of real time. */
export function replayOf(trace: Trace): VirtualSettings | undefined {
  if (trace.header.clock !== 'virtual') return undefined;
  return { ...trace.header.settings, policy: 'replay', replay: choicesOf(trace) };
}
