// @ts-check
/**
 * `node scripts/conformance.mjs --path DIR [NAME...] [--timeout SECONDS] [--json FILE]`: runs CPython's own tests through
 * `weft run`, a class at a time, and writes counts by class and why each test failed. DIR is the library of a CPython, with
 * its folder `test` (Debian: libpython3.11-testsuite, /usr/lib/python3.11); a NAME is a module (test_queue) or a class of one
 * (test_queue.FailingQueueTest), else all of `MODULES` are run. The tests are copied, never changed. docs/conformance.md.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from './paths.mjs';

const MODULES = [
  'test_queue', 'test_threading', 'test_multiprocessing_fork', 'test_multiprocessing_spawn', 'test_multiprocessing_forkserver',
  'test_concurrent_futures', 'test_signal', 'test_socket', 'test_socketserver',
  ...[
    'base_events', 'buffered_proto', 'context', 'events', 'futures', 'futures2', 'locks', 'pep492', 'protocols', 'queues', 'runners',
    'selector_events', 'sendfile', 'server', 'sock_lowlevel', 'streams', 'subprocess', 'taskgroups', 'tasks', 'threads', 'timeouts',
    'transports', 'unix_events', 'waitfor',
  ].map((name) => `test_asyncio.test_${name}`),
];
/** What those import from the folder `test`. */
const NEEDED = ['__init__.py', 'support', 'lock_tests.py', '_test_multiprocessing.py', 'mp_fork_bomb.py', 'mp_preload.py', 'test_asyncio', 'signalinterproctester.py',
  'ssl_cert.pem', 'ssl_key.pem', 'keycert3.pem', 'pycacert.pem'];
/** Begins a line that is for us. */
const MARK = '@conformance ';
/** Classes that one browser runs, one after the other. */
const AT_ONCE = 12;
/** How long it may take to learn the names of all tests. */
const DISCOVERY_SECONDS = 300;
/** So often a class is begun again behind a test that hangs. */
const MOST_ROUNDS = 12;

/**
 * @typedef {{ name: string, outcome: 'passed' | 'failed' | 'skipped' | 'did not end', why: string }} TestResult
 * @typedef {{ module: string, name: string, tests: TestResult[] }} ClassResult
 */

/** Tests ask the platform what it can do: what it can here is what it can on Linux. */
const PREAMBLE = `import sys, sysconfig
sysconfig.get_config_vars()
sys.platform = 'linux'
`;

/** The tests of asyncio are of 3.11, and ask for what 3.14 has no more before they begin: something that watches children. */
const NO_WATCHERS = `
import asyncio, asyncio.unix_events
class NoWatcher:
    def attach_loop(self, loop): pass
    def close(self): pass
def get_child_watcher(self):
    raise NotImplementedError
asyncio.SafeChildWatcher = NoWatcher
asyncio.set_child_watcher = lambda watcher: None
asyncio.unix_events._UnixDefaultEventLoopPolicy.get_child_watcher = get_child_watcher
asyncio.unix_events._UnixDefaultEventLoopPolicy.set_child_watcher = lambda self, watcher: None
`;

const DISCOVER = `${PREAMBLE}
import importlib, json, unittest
for name in MODULES:
    try:
        module = importlib.import_module('test.' + name)
    except Exception as error:
        print(MARK + json.dumps({'module': name, 'classes': {}, 'why': f'{type(error).__name__}: {error}'}))
        continue
    classes = {}
    for suite in unittest.defaultTestLoader.loadTestsFromModule(module):
        for test in suite:
            classes.setdefault(type(test).__name__, []).append(test.id().rpartition('.')[2])
    print(MARK + json.dumps({'module': name, 'classes': classes}))
`;

const RUN_CLASS = `${PREAMBLE}
if __name__ == '__main__':
    import importlib, json, unittest

    def say(test, outcome, why=''):
        print('\\n' + MARK + json.dumps({'name': test.id().rpartition('.')[2], 'outcome': outcome, 'why': why}), flush=True)

    class Result(unittest.TextTestResult):
        def addSuccess(self, test):
            super().addSuccess(test)
            if not getattr(test, '_part_failed', False):
                say(test, 'passed')

        def addFailure(self, test, err):
            super().addFailure(test, err)
            say(test, 'failed', self.words(err))

        addError = addFailure

        def addSkip(self, test, reason):
            super().addSkip(test, reason)
            say(test, 'skipped', reason)

        def addSubTest(self, test, subtest, err):
            super().addSubTest(test, subtest, err)
            if err is not None:
                test._part_failed = True
                say(test, 'failed', self.words(err))

        def words(self, err):
            return ' '.join(f'{err[0].__name__}: {err[1]}'.split())[:300]

    module = importlib.import_module('test.' + MODULE)
    suite = unittest.TestSuite(getattr(module, CLASS)(name) for name in TESTS)
    unittest.TextTestRunner(verbosity=2, resultclass=Result).run(suite)
`;

/**
 * Runs programs through the command line, and answers what each has said.
 *
 * @param {string} folder
 * @param {readonly { name: string, text: string }[]} programs
 * @param {number} timeout
 * @returns {any[][]}
 */
function run(folder, programs, timeout) {
  const out = join(folder, 'out');
  const files = programs.map(({ name, text }) => {
    const file = join(folder, `${name}.py`);
    writeFileSync(file, text);
    return file;
  });
  const weft = join(projectRoot, 'cli', 'weft.mjs');
  // In real time: some of the tests measure it.
  const options = ['--clock', 'real', '--path', join(folder, 'library'), '--out', out, '--timeout', String(timeout)];
  const { error } = spawnSync(process.execPath, [weft, 'run', ...files, ...options], { stdio: 'ignore' });
  if (error) throw error;
  return programs.map(({ name }) => {
    const file = join(out, `${name}.out`);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line.startsWith(MARK)).map((line) => JSON.parse(line.slice(MARK.length)));
  });
}

/** @param {Record<string, unknown>} constants @param {string} program */
function withConstants(constants, program) {
  const lines = Object.entries({ ...constants, MARK }).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `${lines.join('\n')}\n${program}`;
}

/** @param {string} module @param {string} name @param {readonly string[]} tests */
function programOf(module, name, tests) {
  const before = module.startsWith('test_asyncio') ? NO_WATCHERS : '';
  return withConstants({ MODULE: module, CLASS: name, TESTS: tests }, before + RUN_CLASS);
}

/**
 * The results of the tests of each class. One that hangs does so before all that come after it: those are run once more without it.
 *
 * @param {string} folder
 * @param {readonly { module: string, name: string, tests: string[] }[]} classes
 * @param {number} timeout
 * @returns {TestResult[][]}
 */
function resultsOf(folder, classes, timeout) {
  const results = classes.map(() => /** @type {TestResult[]} */ ([]));
  let open = classes.map(({ tests }, index) => ({ index, tests }));
  for (let round = 1; open.length > 0; round++) {
    const said = run(folder, open.map(({ index, tests }) => {
      const { module, name } = classes[index];
      return { name: `${module}-${name}`, text: programOf(module, name, tests) };
    }), timeout);
    open = open.flatMap(({ index, tests }, at) => {
      results[index].push(...said[at]);
      const unanswered = tests.filter((test) => !said[at].some(({ name }) => name === test));
      // What is said of no test is of the class: it could not be set up.
      const broken = said[at].find(({ name, outcome }) => outcome === 'failed' && !tests.includes(name));
      if (broken) {
        results[index].push(...unanswered.map((name) => ({ name, outcome: /** @type {const} */ ('failed'), why: broken.why })));
        return [];
      }
      const hung = unanswered.splice(0, round < MOST_ROUNDS ? 1 : Infinity);
      results[index].push(...hung.map((name) => ({ name, outcome: /** @type {const} */ ('did not end'), why: `no answer within ${timeout} s` })));
      return unanswered.length > 0 ? [{ index, tests: unanswered }] : [];
    });
  }
  return results;
}

/** @param {ClassResult} result @param {TestResult['outcome']} outcome */
function count({ tests }, outcome) {
  return tests.filter((test) => test.outcome === outcome).length;
}

/** @param {string} name @param {string} module */
function isClassOf(name, module) {
  return name.startsWith(`${module}.`) && !name.slice(module.length + 1).includes('.');
}

/** @param {string} folder @param {string[]} names @param {number} timeout @returns {Generator<ClassResult>} */
function* results(folder, names, timeout) {
  const modules = MODULES.filter((module) => names.length === 0 || names.some((name) => name === module || isClassOf(name, module)));
  if (modules.length === 0) throw new Error(`unknown names "${names.join('", "')}"; there are ${MODULES.join(', ')}`);
  const [found] = run(folder, [{ name: 'discover', text: withConstants({ MODULES: modules }, DISCOVER) }], DISCOVERY_SECONDS);
  if (found.length < modules.length) throw new Error(`the names of all tests did not come within ${DISCOVERY_SECONDS} s: is the machine busy?`);
  for (const { module, why } of found) if (why !== undefined) console.log(`${module}: none of its tests can be run: ${why}`);
  const wanted = found.flatMap(({ module, classes }) => (
    Object.entries(classes).map(([name, tests]) => ({ module, name, tests: /** @type {string[]} */ (tests) }))
  )).filter(({ module, name }) => names.length === 0 || names.includes(module) || names.includes(`${module}.${name}`));
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const batch = wanted.slice(at, at + AT_ONCE);
    const said = resultsOf(folder, batch, timeout);
    for (const [index, { module, name, tests }] of batch.entries()) {
      yield { module, name, tests: tests.flatMap((test) => said[index].find((result) => result.name === test) ?? []) };
    }
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { path: { type: 'string' }, timeout: { type: 'string', default: '90' }, json: { type: 'string' } },
});
const tests = join(values.path ?? '', 'test');
if (values.path === undefined || !existsSync(join(tests, 'lock_tests.py'))) {
  console.error('conformance: --path DIR is to be the library of a CPython, with its folder "test"');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'weft-conformance-'));
try {
  mkdirSync(join(folder, 'library', 'test'), { recursive: true });
  for (const name of [...NEEDED, ...MODULES.filter((module) => !module.includes('.')).map((module) => `${module}.py`)]) {
    cpSync(join(tests, name), join(folder, 'library', 'test', name), { recursive: true, filter: (path) => !path.endsWith('__pycache__') });
  }
  /** @type {ClassResult[]} */
  const all = [];
  for (const result of results(folder, positionals, Number(values.timeout))) {
    all.push(result);
    const bad = result.tests.filter(({ outcome }) => outcome === 'failed' || outcome === 'did not end');
    console.log(`${result.module}.${result.name}: ${count(result, 'passed')} passed, ${bad.length} failed, ${count(result, 'skipped')} skipped`);
    for (const { name, outcome, why } of bad) console.log(`    ${name}: ${outcome === 'failed' ? why : outcome}`);
    if (values.json) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
  }
  const totals = ['passed', 'failed', 'did not end', 'skipped'].map((outcome) => (
    `${all.reduce((sum, result) => sum + count(result, /** @type {TestResult['outcome']} */ (outcome)), 0)} ${outcome}`
  ));
  console.log(`\n${totals.join(', ')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
