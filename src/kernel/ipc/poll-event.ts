/** Bits of poll(2). */
export const PollEvent = { In: 1, Out: 4, Error: 8, HangUp: 16 } as const;
