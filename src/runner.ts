/**
 * The page without a face: what the command line, the bench and the browser tests of the kernel drive. It offers the
 * machine as `globalThis.weft`.
 */
import { createMachine } from './machine/machine';
import type { Machine } from './machine/machine-types';
import { TraceBuilder } from './trace/trace-builder';
import { buildModel } from './trace/model';
import { readTrace, writeTrace } from './trace/trace-json';

const machine: Machine = createMachine();
const weft = { machine, createMachine, TraceBuilder, buildModel, readTrace, writeTrace };
export type WeftRunner = typeof weft;

Object.assign(globalThis, { weft });
document.documentElement.dataset['ready'] = 'true';
