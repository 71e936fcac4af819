import { expect, it } from 'vitest';
import { recorded } from '../../analysis/test-support/recorded';
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
