/** Made by scripts/worker-parts.mjs. */
declare module 'virtual:javascript-worker' {
  /** The pieces of a worker's script, as worker-script.ts has them; undefined in development: all is at `address`. */
  export const parts:
    | { readonly texts: readonly string[]; readonly needs: Readonly<Record<string, readonly number[]>> }
    | undefined;
  export const address: string;
}
