import { createStore, type StoreApi } from 'zustand/vanilla';

/** A sentence for the reader, in the reader's language, that stays until it is dismissed or replaced. */
export interface Notice {
  readonly id: number;
  /** `problem`: something was not done; `busy`: it is being done, and the notice goes when it is. */
  readonly tone: 'information' | 'problem' | 'busy';
  readonly text: string;
  /** Notices about one subject replace each other. */
  readonly subject: string;
}

export interface NoticeStore extends StoreApi<{ readonly notices: readonly Notice[] }> {
  tell(subject: string, tone: Notice['tone'], text: string): void;
  dismiss(id: number): void;
  /** Takes away what was said about `subject`. */
  clear(subject: string): void;
}

/** More would cover what they are about; the oldest goes. */
const AT_MOST = 3;

export function createNoticeStore(): NoticeStore {
  const store = createStore<{ notices: readonly Notice[] }>(() => ({ notices: [] }));
  let lastId = 0;
  const keep = (wanted: (notice: Notice) => boolean): void => {
    const { notices } = store.getState();
    if (!notices.every(wanted)) store.setState({ notices: notices.filter(wanted) });
  };
  return Object.assign(store, {
    tell: (subject: string, tone: Notice['tone'], text: string) => {
      const others = store.getState().notices.filter((notice) => notice.subject !== subject);
      store.setState({ notices: [...others, { id: ++lastId, subject, tone, text }].slice(-AT_MOST) });
    },
    dismiss: (id: number) => keep((notice) => notice.id !== id),
    clear: (subject: string) => keep((notice) => notice.subject !== subject),
  });
}
