import { describe, expect, it } from 'vitest';
import { RUN_STATE, RunState } from './layout';
import { BarrierModel, ConditionModel } from './test-support/model/group-models';
import { JoinModel, PipeModel, QueueModel } from './test-support/model/ipc-models';
import { EventModel, LockModel, SemaphoreModel, SleepModel } from './test-support/model/sync-models';
import { World, type Model } from './test-support/model/world';
import { replayStates } from './test-support/model/replay-states';
import { Random } from './test-support/random';

const makers: readonly ((world: World) => Model)[] = [
  (world) => new LockModel(world, 'lock'),
  (world) => new LockModel(world, 'rlock'),
  (world) => new SemaphoreModel(world, 2),
  (world) => new SemaphoreModel(world, 1, 3),
  (world) => new EventModel(world),
  (world) => new ConditionModel(world, 'rlock'),
  (world) => new ConditionModel(world, 'lock'),
  (world) => new BarrierModel(world, 2),
  (world) => new BarrierModel(world, 3),
  (world) => new QueueModel(world, 2),
  (world) => new QueueModel(world, 0),
  (world) => new PipeModel(world),
  (world) => new JoinModel(world),
  (world) => new SleepModel(world),
];
const STEPS = 2000;
const RUNS = 3 * makers.length;

/** Runs with one kind of object, where tasks meet all the time, and with several. */
function run(seed: number): World {
  const random = new Random(seed);
  const several = makers.filter(() => random.chance(40));
  const kinds = seed < 2 * makers.length || several.length === 0 ? [makers[seed % makers.length]] : several;
  const world = new World(random, kinds, 3 + random.below(6), {
    shared: random.chance(30), tracing: random.chance(80),
  });
  for (let step = 0; step < STEPS; step++) {
    try {
      world.step();
    } catch (error) {
      const before = world.log.slice(-40).join('\n');
      throw new Error(`seed ${seed}, step ${step}: ${(error as Error).message}\n${before}`, { cause: error });
    }
  }
  return world;
}

describe('random operations of several tasks', () => {
  it.each(Array.from({ length: RUNS }, (_, seed) => seed))('answer as their models say, and lose no wake-up (seed %i)', (seed) => {
    const world = run(seed);
    world.endAll();
    expect(world.machine.words[RUN_STATE]).toBe(RunState.Ended);
    if (world.machine.page.tracing) expect(replayStates(world.machine.events(), world.machine.words)).toEqual([]);
  });
});
