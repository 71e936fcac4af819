/** Hands a file to the reader's browser to keep. */
export function saveFile(name: string, pieces: BlobPart[], type: string): void {
  const address = URL.createObjectURL(new Blob(pieces, { type }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The browser has taken its own hold of the data by the time the click returns.
  URL.revokeObjectURL(address);
}
