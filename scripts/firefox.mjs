// @ts-check
/**
 * A Firefox that the machine has, driven over Marionette: a line of JSON with its length before it, each way
 * (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html). Playwright drives its own Firefox only, and the newest.
 * WEFT_FIREFOX is the path of one to use.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const COMMANDS = ['firefox', 'firefox-esr'];
/** Marionette takes any free port and writes it into the profile. Nothing is fetched that no page asks for. */
const PREFERENCES = `
user_pref('marionette.port', 0);
user_pref('app.update.disabledForTesting', true);
user_pref('browser.shell.checkDefaultBrowser', false);
user_pref('datareporting.policy.dataSubmissionEnabled', false);
user_pref('network.captive-portal-service.enabled', false);
user_pref('network.connectivity-service.enabled', false);
user_pref('services.settings.server', 'data:,none');
user_pref('toolkit.telemetry.enabled', false);
`;
const PORT_FILE = 'MarionetteActivePort';
/** How often its coming up is looked at, and how long at most, in milliseconds. */
const LOOK = 100;
const MOST_WAITING = 60_000;

/** The path of a Firefox, or undefined: there is none. */
export function findFirefox() {
  const asked = process.env.WEFT_FIREFOX;
  return [...(asked ? [asked] : []), ...COMMANDS].find((path) => spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0);
}

/** One window of a Firefox. */
export class Firefox {
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #received = Buffer.alloc(0);
  #sent = 0;
  version = '';

  /**
   * @param {import('node:child_process').ChildProcess} process
   * @param {import('node:net').Socket} socket
   * @param {string} profile
   */
  constructor(process, socket, profile) {
    this.process = process;
    this.socket = socket;
    this.profile = profile;
    socket.on('data', (data) => this.#take(data));
    socket.on('close', () => this.#fail(new Error('Firefox closed the connection')));
    socket.on('error', (error) => this.#fail(error));
  }

  /** @param {string} path */
  static async open(path) {
    const profile = mkdtempSync(join(tmpdir(), 'weft-firefox-'));
    writeFileSync(join(profile, 'user.js'), PREFERENCES);
    const child = spawn(path, ['--headless', '--marionette', '--no-remote', '--profile', profile], { stdio: 'ignore' });
    const firefox = new Firefox(child, connect(await portOf(profile)), profile);
    const { capabilities } = await firefox.#send('WebDriver:NewSession', {});
    firefox.version = String(capabilities.browserVersion);
    await firefox.#send('WebDriver:SetTimeouts', { script: 300_000, pageLoad: 60_000 });
    return firefox;
  }

  /** @param {string} address */
  async goto(address) {
    await this.#send('WebDriver:Navigate', { url: address });
  }

  /**
   * What `call` answers in the page. It is sent as text: it reaches nothing around it.
   *
   * @template A, R
   * @param {(argument: A) => Promise<R> | R} call
   * @param {A} argument
   * @returns {Promise<R>}
   */
  async evaluate(call, argument) {
    const script = `const done = arguments[1];
      Promise.resolve((${String(call)})(JSON.parse(arguments[0]))).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value } = await this.#send('WebDriver:ExecuteAsyncScript', { script, args: [JSON.stringify(argument)] });
    if (value.error !== undefined) throw new Error(value.error);
    return value.value;
  }

  async close() {
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
    this.socket.destroy();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * @param {string} command
   * @param {object} parameters
   * @returns {Promise<any>}
   */
  #send(command, parameters) {
    const id = ++this.#sent;
    const message = JSON.stringify([0, id, command, parameters]);
    this.socket.write(`${Buffer.byteLength(message)}:${message}`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** @param {Buffer} data */
  #take(data) {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, colon));
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', colon + 1, end));
      this.#received = this.#received.subarray(end);
      // The first is no answer: Marionette says what it is.
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(`Firefox: ${error.error}: ${error.message}`));
      else waiting?.resolve(result);
    }
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** @param {string} profile @returns {Promise<number>} */
async function portOf(profile) {
  const file = join(profile, PORT_FILE);
  for (let waited = 0; waited < MOST_WAITING; waited += LOOK) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    await delay(LOOK);
  }
  throw new Error(`Firefox has not come up after ${MOST_WAITING / 1000} s`);
}
