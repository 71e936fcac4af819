const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** A size as files are listed with: `512 bytes`, `1.5 KB`, `64 MB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount < 10 && unit > 0 ? Number(amount.toFixed(1)) : Math.round(amount)} ${UNITS[unit]}`;
}
