import { virtualTime } from '../../kernel/sched/virtual-time';
import { offerVirtualClock } from './runtime';
import { installVirtualGlobals } from './virtual-globals';
import { VirtualRuntime } from './virtual-runtime';

/** Virtual time, for scripts of runs that have it. */
let runtime: VirtualRuntime;

offerVirtualClock({
  make: (memory, worker, host) => (runtime = new VirtualRuntime(memory, worker, virtualTime, host)),
  begin: () => installVirtualGlobals(runtime),
});
