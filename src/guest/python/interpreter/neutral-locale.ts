/** Of C's `struct tm`, as musl lays it out: bytes. */
const TM_ISDST = 32;
const TM_GMTOFF = 36;
/** As C's `tzname` has it. */
const ZONE = new TextEncoder().encode('UTC\0');

/** As JavaScript gets them from the module's imports; 64-bit parameters are bigints. */
type Import = (...parameters: never[]) => unknown;

/**
 * What the browser would tell programs about its reader is the same for all: the time zone is UTC and the browser has no name (its
 * language: `LANG`, see boot.ts). Two people who open one link see one run; and the name of the browser, which CPython keeps, would
 * move the heap by its length.
 */
export function replaceLocale(imports: WebAssembly.Imports, memory: () => WebAssembly.Memory): void {
  const env = imports['env'] as Record<string, Import>;
  const toFields = env['_gmtime_js'] as (seconds: bigint, fields: number) => void;
  const toSeconds = env['_timegm_js'] as (fields: number) => bigint;
  const localTime = (seconds: bigint, fields: number): void => {
    toFields(seconds, fields);
    const words = new Int32Array(memory().buffer);
    words[(fields + TM_ISDST) >> 2] = 0;
    words[(fields + TM_GMTOFF) >> 2] = 0;
  };
  env['_localtime_js'] = localTime;
  env['_mktime_js'] = (fields: number): bigint => {
    const seconds = toSeconds(fields);
    // C's mktime puts fields that are beyond their range in order.
    localTime(seconds, fields);
    return seconds;
  };
  env['_tzset_js'] = (timezone: number, daylight: number, standardName: number, daylightName: number): void => {
    const words = new Int32Array(memory().buffer);
    words[timezone >> 2] = words[daylight >> 2] = 0;
    for (const name of [standardName, daylightName]) new Uint8Array(memory().buffer).set(ZONE, name);
  };
  env['_Py_emscripten_runtime'] = () => 0;
}
