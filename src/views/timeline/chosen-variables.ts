import type { ObjectId, Pid } from '../../protocol/ids';
import type { ObjectLane, TimelineData } from './derive';

/** What the reader said of single variables; of the others {@link isCharted} knows. */
export type ChosenVariables = ReadonlyMap<ObjectId, boolean>;

export function isVariable({ info }: ObjectLane): boolean {
  return info.type === 'variable';
}

/** Whether a variable has a lane: as the reader wants it, else where it changed in the run. */
export function isCharted({ info, track }: ObjectLane, chosen: ChosenVariables): boolean {
  return chosen.get(info.id) ?? track.count > 1;
}

/** The same choice with what was said of some more. */
export function withChosen(chosen: ChosenVariables, variables: readonly ObjectId[], charted: boolean): ChosenVariables {
  return new Map([...chosen, ...variables.map((id) => [id, charted] as const)]);
}

export interface VariablesOfProcess {
  readonly process: Pid;
  readonly variables: readonly ObjectLane[];
}

/** The variables that are numbers, process by process, each by its name. */
export function variablesByProcess({ model, objects }: TimelineData): readonly VariablesOfProcess[] {
  const groups = new Map<Pid, ObjectLane[]>();
  for (const variable of objects.filter(isVariable)) {
    const { creator } = variable.info;
    const process = model.taskByTid.get(creator)?.pid ?? creator;
    const known = groups.get(process);
    if (known === undefined) groups.set(process, [variable]);
    else known.push(variable);
  }
  return [...groups].map(([process, variables]) => {
    return { process, variables: variables.toSorted((a, b) => a.info.name.localeCompare(b.info.name, 'en')) };
  });
}
