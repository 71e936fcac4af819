/// <reference lib="webworker" />
/** Plain Pyodide, as its npm package comes: runs a program and answers what it has printed. */

interface PlainPyodide {
  setStdout(options: { batched(text: string): void }): void;
  runPython(code: string): unknown;
}

self.onmessage = async ({ data }: MessageEvent<{ folder: string; text: string }>) => {
  const loader = (await import(/* @vite-ignore */ `${data.folder}pyodide.mjs`)) as {
    loadPyodide(options: { indexURL: string }): Promise<PlainPyodide>;
  };
  const python = await loader.loadPyodide({ indexURL: data.folder });
  const printed: string[] = [];
  python.setStdout({ batched: (text) => printed.push(text) });
  python.runPython(data.text);
  self.postMessage(printed.join('\n'));
};
