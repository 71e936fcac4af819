import type { ApiDoc } from './completions';

/** The library's table of names, where the guest has one. */
const found = import.meta.glob<{ apiDocs?: readonly ApiDoc[] }>('../../guest/javascript/api-docs.ts', { eager: true });

export const apiDocs: readonly ApiDoc[] = Object.values(found).flatMap((table) => table.apiDocs ?? []);
