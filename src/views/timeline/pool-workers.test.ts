import { expect, it } from 'vitest';
import { recorded } from '../../analysis/test-support/recorded';
import { readChromeTrace } from '../../trace/chrome-reader';
import { buildModel } from '../../trace/model';
import { TimelineDeriver } from './derive';
import { layoutRows, type FoldKey } from './rows';

const data = new TimelineDeriver().derive(recorded('pool-jobs'));
const pool = data.model.objects.find(({ type }) => type === 'pool')!;

it('the workers of a pool stand together under its name, and fold away together', () => {
  const { rows } = layoutRows(data);
  const heading = rows.findIndex(({ key }) => key === `pool ${pool.id}`);
  const workers = rows.slice(heading + 1, heading + 4).map((row) => (row.kind === 'task' ? row.lane.info.name : row.key));
  expect(workers).toEqual(['ForkPoolWorker-1', 'ForkPoolWorker-2', 'ForkPoolWorker-3']);
  expect(rows[0].kind === 'task' && rows[0].lane.info.name).toBe('main');
  const folded = layoutRows(data, { toggled: new Set<FoldKey>([`pool ${pool.id}`]) });
  expect(folded.rows.filter((row) => row.kind === 'task').length).toBe(1);
});

it('who gets a message of another program\'s trace is no worker of a pool', () => {
  const read = readChromeTrace(JSON.stringify([
    { ph: 'X', name: 'main', pid: 7, tid: 7, ts: 100, dur: 50 }, { ph: 's', name: 'call', id: 1, pid: 7, tid: 7, ts: 115 },
    { ph: 'X', name: 'work', pid: 7, tid: 9, ts: 120, dur: 20 }, { ph: 'f', name: 'call', id: 1, pid: 7, tid: 9, ts: 125 },
  ]));
  const model = buildModel(read.trace);
  expect(model.links.length).toBe(1);
  expect(new TimelineDeriver().derive(model).pools.size).toBe(0);
});
