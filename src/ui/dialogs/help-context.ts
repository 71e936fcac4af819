import { createContext, useContext } from 'react';

export interface Help {
  readonly open: () => void;
}

export const HelpContext = createContext<Help>({ open: () => undefined });

export function useHelp(): Help {
  return useContext(HelpContext);
}
