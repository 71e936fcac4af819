/**
 * What a program imports from 'weft', as far as this worker's script has it: each module of the API adds what it has. A
 * script holds the modules that its program imports and those that they need (../worker-script.ts).
 */
export const api: Record<string, unknown> = {};

export function offer(things: Readonly<Record<string, unknown>>): void {
  Object.assign(api, things);
}
