import { PolicyCode } from '../../../protocol/words';
import type { Kernel } from '../../kernel';
import { POLICY } from '../../layout';
import type { Policy } from '../policy';
import { fifo } from './fifo';
import { manual } from './manual';
import { pct } from './pct';
import { priority } from './priority';
import { random } from './random';
import { replay } from './replay';
import { roundRobin } from './round-robin';

const policies: Policy[] = [];
policies[PolicyCode.fifo] = fifo;
policies[PolicyCode['round-robin']] = roundRobin;
policies[PolicyCode.priority] = priority;
policies[PolicyCode.random] = random;
policies[PolicyCode.pct] = pct;
policies[PolicyCode.replay] = replay;
policies[PolicyCode.manual] = manual;

/** The policy of this run. */
export function policyOf(k: Kernel): Policy {
  return policies[k.words[POLICY]];
}
