import type { NativeFunction } from '../interpreter/native-module';

/** Of each half of the table: scripts/patch-python.mjs counts on it. */
const NUMBERS = 192;
const WORDS_BYTES = 4 * NUMBERS;

/** The table by which the interpreter makes Linux's errors of Emscripten's: scripts/patch-python.mjs, stdlib/_weft_errno.py. */
export function errorCalls(): Record<string, NativeFunction> {
  return {
    /** number_errors(words, texts): a word for each number of Emscripten's; as many texts, by Linux's, with a zero between. */
    number_errors(native, args) {
      const { x } = native;
      const at = x.PyBytes_AsString(native.pointer(args, 0));
      const words = native.heap().u8.slice(at, at + WORDS_BYTES);
      const texts = new TextEncoder().encode(`${native.text(args, 1)}\0`);
      const table = x.malloc(2 * WORDS_BYTES + texts.length);
      const firstText = table + 2 * WORDS_BYTES;
      const { u8, u32 } = native.heap();
      u8.set(words, table);
      u8.set(texts, firstText);
      let text = firstText;
      for (let number = 0; number < NUMBERS; number++) {
        u32[((table + WORDS_BYTES) >> 2) + number] = text;
        text = u8.indexOf(0, text) + 1;
      }
      x.weft_errors.value = table;
      return native.fromInt(0);
    },
  };
}
