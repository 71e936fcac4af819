// @ts-check
/**
 * What is changed in Pyodide's WebAssembly module, each at places that are counted.
 *
 * - **A thread identity for each Python stack.** Pyodide is built without threads, so CPython's two identity functions
 *   return one constant, the address of the only pthread. It becomes a global, exported: whoever switches stacks sets it.
 * - **Linux's numbers of errors.** C code was compiled with Emscripten's (ECHILD is 12), and goes on comparing `errno` with
 *   those. What makes an exception out of `errno` translates it by a table, whose address is a global too
 *   (stdlib/_weft_errno.py makes it): the one function behind `PyErr_SetFromErrno…`, and `_io`'s BlockingIOError. The one
 *   function that reads a number out of an exception, `_PyIO_trap_eintr`, compares it with Linux's.
 * - **Locks that are waited for.** A lock of C's is a byte, and where it is locked `PyThread_acquire_lock_timed` looks at it for ever:
 *   there are no threads that could change it. Here other stacks can: it calls a function of the table, whose slot is a global, and looks
 *   again when that answers 1; a release calls another, where that global is not 0 (src/guest/python/interpreter/c-locks.ts).
 */
import { GLOBAL_GET, I32_CONST, Reader, signed, unsigned, WasmModule } from './wasm-module.mjs';

/** The exported globals. */
export const IDENT_GLOBAL = 'weft_thread_ident';
export const ERRORS_GLOBAL = 'weft_errors';
export const LOCK_GLOBALS = ['weft_lock_wait', 'weft_lock_released'];

/** The table has a word for each of Emscripten's numbers, then the address of a text for each of Linux's. */
const NUMBERS = 192;
const EMSCRIPTEN_EINTR = 27;
const LINUX_EINTR = 4;

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const CALL = 0x10;
const IF_I32 = [0x04, 0x7f];
const ELSE = 0x05;
const END = 0x0b;
const I32_LOAD = [0x28, 2, 0];
const I32_EQZ = 0x45;
const I32_EQ = 0x46;
const I32_NE = 0x47;
const I32_GE_U = 0x4f;
const I32_ADD = 0x6a;
const I32_OR = 0x72;
const I32_SHL = 0x74;
const I32_LOAD8_U = [0x2d, 0, 0];
const I32_STORE8 = [0x3a, 0, 0];
const I32_WRAP_I64 = 0xa7;
const I64_EQZ = 0x50;
const CALL_INDIRECT = 0x11;
const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
const IF = [0x04, 0x40];
const BRANCH_IF = 0x0d;
const RETURN = 0x0f;
const DROP = 0x1a;

/** The functions that return the constant; each has one place. */
const IDENT_SITES = ['PyThread_get_thread_ident', 'PyThread_get_thread_ident_ex'];

/**
 * @param {Uint8Array} wasm Pyodide's module
 * @returns {Uint8Array}
 * @throws where the module is not as expected
 */
export function patchPython(wasm) {
  const module = new WasmModule(wasm);
  nameThreads(module);
  numberErrors(module);
  suspendLocks(module);
  return module.write();
}

/** @param {WasmModule} module */
function nameThreads(module) {
  const constant = onlyConstant(module, 'pthread_self');
  const index = module.addGlobal(IDENT_GLOBAL, new Reader(constant, 1).unsigned());
  for (const site of IDENT_SITES) replaceOnce(module, module.bodyIndex(site), constant, [GLOBAL_GET, ...unsigned(index)], site);
}

/** @param {WasmModule} module */
function numberErrors(module) {
  const table = [GLOBAL_GET, ...unsigned(module.addGlobal(ERRORS_GLOBAL, 0))];
  /** @param {number[]} outside @param {number} offset in words @returns {number[]} */
  const look = (outside, offset) => [
    ...table, I32_EQZ, LOCAL_GET, 0, I32_CONST, ...signed(NUMBERS), I32_GE_U, I32_OR,
    ...IF_I32, ...outside,
    ELSE, LOCAL_GET, 0, I32_CONST, 2, I32_SHL, ...table, I32_ADD, I32_LOAD[0], I32_LOAD[1], ...unsigned(4 * offset), END,
  ];
  const strerror = [CALL, ...unsigned(module.functionIndex('strerror'))];
  const numberOf = [CALL, ...unsigned(module.addFunction('strerror', look([LOCAL_GET, 0], 0)))];
  const textOf = [CALL, ...unsigned(module.addFunction('strerror', look([LOCAL_GET, 0, ...strerror], NUMBERS)))];

  const errno = [...onlyConstant(module, '__errno_location'), ...I32_LOAD];
  const name = 'PyErr_SetFromErrnoWithFilenameObjects';
  const raise = module.bodyIndex(name);
  replaceOnce(module, raise, errno, [...errno, ...numberOf], name);
  replaceOnce(module, raise, [I32_CONST, EMSCRIPTEN_EINTR, I32_EQ], [I32_CONST, LINUX_EINTR, I32_EQ], name);
  replaceOnce(module, raise, strerror, textOf, name);

  // `errno` is read there when the exception's type has been.
  const blocking = Buffer.from([...module.constant('PyExc_BlockingIOError'), ...I32_LOAD, LOCAL_SET]);
  let places = 0;
  module.bodies.forEach((_, index) => {
    for (let at = 0; ; places++) {
      const body = module.bodies[index];
      do at = body.indexOf(blocking, at + 1);
      while (at >= 0 && body.indexOf(Buffer.from(errno), at) !== at + blocking.length + 1);
      if (at < 0) break;
      const end = at + blocking.length + 1 + errno.length;
      module.bodies[index] = Buffer.concat([body.subarray(0, end), Buffer.from(numberOf), body.subarray(end)]);
    }
  });
  if (places !== 3) throw new Error(`BlockingIOError: expected three places, not ${places}`);

  const asLong = Buffer.from([CALL, ...unsigned(module.functionIndex('PyLong_AsLongAndOverflow'))]);
  const osError = module.constant('PyExc_OSError');
  const interrupted = Buffer.from([I32_CONST, EMSCRIPTEN_EINTR, I32_NE]);
  const trap = module.bodies.flatMap((body, index) => (
    body.includes(asLong) && body.includes(osError) && body.includes(interrupted) ? [index] : []
  ));
  if (trap.length !== 1) throw new Error('_PyIO_trap_eintr: expected one place');
  replaceOnce(module, trap[0], interrupted, [I32_CONST, LINUX_EINTR, I32_NE], '_PyIO_trap_eintr');
}

/** @param {WasmModule} module */
function suspendLocks(module) {
  const [wait, released] = LOCK_GLOBALS.map((name) => [GLOBAL_GET, ...unsigned(module.addGlobal(name, 0))]);
  /** Calls the function of the table in that slot, whose type is that of an exported one. @param {string} like @param {number[]} slot */
  const call = (like, slot) => [...slot, CALL_INDIRECT, ...unsigned(module.types[module.bodyIndex(like)]), 0];
  // The byte that says whether it is locked is the first one of a lock.
  const acquire = module.bodyIndex('PyThread_acquire_lock_timed');
  const release = module.bodyIndex('PyThread_release_lock');
  const unlock = [LOCAL_GET, 0, I32_CONST, 0, ...I32_STORE8];
  const isFree = [LOCAL_GET, 0, ...I32_LOAD8_U, I32_EQZ];
  const before = [
    ...BLOCK, ...LOOP,
    ...isFree, BRANCH_IF, 1,
    LOCAL_GET, 1, I64_EQZ, BRANCH_IF, 1,
    ...wait, I32_EQZ, BRANCH_IF, 1,
    LOCAL_GET, 0, LOCAL_GET, 1, I32_WRAP_I64, ...call('PyThread_acquire_lock', wait), BRANCH_IF, 0,
    I32_CONST, 0, RETURN,
    END, END,
  ];
  const body = module.bodies[acquire];
  const code = afterLocals(body);
  module.bodies[acquire] = Buffer.concat([body.subarray(0, code), Buffer.from(before), body.subarray(code)]);
  // At once: the function uses its parameter for other things later.
  const after = [...released, ...IF, LOCAL_GET, 0, ...call('sem_wait', released), DROP, END];
  replaceOnce(module, release, unlock, [...unlock, ...after], 'PyThread_release_lock');
}

/** Where the instructions of a function begin. @param {Buffer} body */
function afterLocals(body) {
  const reader = new Reader(body, 0);
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.unsigned();
    reader.byte();
  }
  return reader.at;
}

/** The instruction of a function that does nothing but answer a constant. @param {WasmModule} module @param {string} name */
function onlyConstant(module, name) {
  const body = module.bodies[module.bodyIndex(name)];
  if (body[0] !== 0 || body[1] !== I32_CONST) throw new Error(`${name} is not the constant that was expected`);
  const reader = new Reader(body, 2);
  reader.unsigned();
  if (reader.at !== body.length - 1) throw new Error(`${name} is not the constant that was expected`);
  return body.subarray(1, reader.at);
}

/**
 * @param {WasmModule} module
 * @param {number} index of the function's body
 * @param {Iterable<number>} what
 * @param {number[]} replacement
 * @param {string} name
 */
function replaceOnce(module, index, what, replacement, name) {
  const body = module.bodies[index];
  const sought = Buffer.from([...what]);
  const at = body.indexOf(sought);
  if (at < 0 || body.includes(sought, at + 1)) throw new Error(`${name}: expected one place`);
  module.bodies[index] = Buffer.concat([body.subarray(0, at), Buffer.from(replacement), body.subarray(at + sought.length)]);
}
