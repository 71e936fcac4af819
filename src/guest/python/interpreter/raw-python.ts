/**
 * What is used of CPython's C functions and variables, as Pyodide's WebAssembly module exports them, and of Pyodide's own
 * loader. Pointers, sizes and booleans are numbers.
 */

type Variable = WebAssembly.Global<'i32'>;

export interface RawExports {
  readonly memory: WebAssembly.Memory;
  readonly __indirect_function_table: WebAssembly.Table;
  /** The identity of the thread that runs, a variable that scripts/patch-python.mjs adds. */
  readonly weft_thread_ident: Variable;
  /** Where the table of errors lies, another of its variables: see calls/errors.ts. */
  readonly weft_errors: Variable;
  /** Slots of the function table that C's locks call, or 0: see c-locks.ts. */
  readonly weft_lock_wait: Variable;
  readonly weft_lock_released: Variable;

  readonly _PyRuntime: Variable;
  readonly _Py_NoneStruct: Variable;
  readonly _Py_TrueStruct: Variable;
  readonly _Py_FalseStruct: Variable;
  readonly PyType_Type: Variable;
  readonly PyLong_Type: Variable;
  readonly PyCell_Type: Variable;
  readonly PyFloat_Type: Variable;
  readonly PyUnicode_Type: Variable;
  readonly PyList_Type: Variable;
  readonly PyTuple_Type: Variable;
  readonly PyDict_Type: Variable;
  readonly PySet_Type: Variable;
  readonly PyFrozenSet_Type: Variable;
  readonly PyBytes_Type: Variable;
  readonly PyComplex_Type: Variable;
  readonly PyBool_Type: Variable;
  readonly PyRangeIter_Type: Variable;
  readonly PyLongRangeIter_Type: Variable;
  readonly PyListIter_Type: Variable;
  readonly PyListRevIter_Type: Variable;
  readonly PyTupleIter_Type: Variable;
  readonly PyUnicodeIter_Type: Variable;
  readonly PyBytesIter_Type: Variable;
  readonly PyByteArrayIter_Type: Variable;
  readonly PySetIter_Type: Variable;
  readonly PyDictIterKey_Type: Variable;
  readonly PyDictIterValue_Type: Variable;
  readonly PyDictIterItem_Type: Variable;
  readonly PySeqIter_Type: Variable;
  readonly PyReversed_Type: Variable;
  readonly PyEnum_Type: Variable;
  readonly PyZip_Type: Variable;
  readonly PyMap_Type: Variable;
  readonly PyFilter_Type: Variable;
  readonly _Py_emscripten_signal_clock: Variable;
  readonly Py_EMSCRIPTEN_SIGNAL_HANDLING: Variable;

  __errno_location(): number;
  malloc(bytes: number): number;
  calloc(count: number, bytes: number): number;
  free(pointer: number): void;
  Py_IncRef(object: number): void;
  Py_DecRef(object: number): void;
  PyImport_AppendInittab(name: number, create: number): number;
  PyModule_Create2(definition: number, apiVersion: number): number;
  PyLong_AsLong(object: number): number;
  PyLong_FromLong(value: number): number;
  PyFloat_AsDouble(object: number): number;
  PyFloat_FromDouble(value: number): number;
  PyObject_Repr(object: number): number;
  PyImport_ImportModule(name: number): number;
  PyObject_GetAttrString(object: number, name: number): number;
  PyObject_SetAttrString(object: number, name: number, value: number): number;
  PyObject_IsTrue(object: number): number;
  PyType_FromSpec(specification: number): number;
  PyObject_CallNoArgs(callable: number): number;
  PyObject_CallOneArg(callable: number, argument: number): number;
  PyTuple_GetItem(tuple: number, index: number): number;
  PyErr_Clear(): void;
  PyErr_Occurred(): number;
  /** Whether the collector was at work before. */
  PyGC_Disable(): number;
  PyGC_Enable(): number;
  PyUnicode_AsUTF8AndSize(object: number, size: number): number;
  PyUnicode_FromStringAndSize(text: number, bytes: number): number;
  PyBytes_FromStringAndSize(source: number, size: number): number;
  PyBytes_AsString(bytes: number): number;
  PyCode_Addr2Line(code: number, offset: number): number;
  PyThreadState_Get(): number;
  PyThreadState_GetUnchecked(): number;
  PyGILState_GetThisThreadState(): number;
  PyEval_RestoreThread(state: number): void;
  PyEval_SaveThread(): number;
  PyType_IsSubtype(type: number, ancestor: number): number;
  PyCode_GetCode(code: number): number;
  /** An attribute as the type and its ancestors have it: borrowed, or 0. */
  _PyType_Lookup(type: number, name: number): number;
  Py_GetRecursionLimit(): number;
  PyErr_SetInterruptEx(signal: number): number;
  PyErr_SetNone(exception: number): void;
  PyErr_SetString(exception: number, text: number): void;
  readonly PyExc_StopIteration: Variable;
  readonly PyExc_AssertionError: Variable;
  readonly PyExc_TypeError: Variable;
  readonly PyExc_ValueError: Variable;
  readonly PyErr_CheckSignals: (this: void) => number;
  readonly _PyEval_EvalFrameDefault: (this: void, state: number, frame: number, throws: number) => number;

  /** Pyodide's: takes the thread state away from C, and puts it back. */
  captureThreadState(): number;
  restoreThreadState(state: number): void;
  emscripten_stack_get_current(): number;
  emscripten_stack_get_base(): number;
  emscripten_stack_get_end(): number;
  _emscripten_stack_alloc(bytes: number): number;
  _emscripten_stack_restore(pointer: number): void;
}

/** The part of the C stack that a suspended call stands on, and what of it had to make room: as long as it is from `start` up to `stop`. */
export interface StackState {
  readonly start: number;
  _copy: Uint8Array;
  restore(): number;
  /** Copies what lies below `stop` and has not been copied; how much is copied now, 0 where that is nothing new. */
  _save_up_to(stop: number): number;
}

export interface FileNode {
  readonly id: number;
  mode: number;
  /** Of a file in memory: its bytes, of which so many are used. */
  contents?: Uint8Array;
  usedBytes?: number;
}

/** An open file of Emscripten's file system; `weft` where it is one of the kernel's pipes, `file` where it is one of its files. */
export interface FileStream {
  readonly fd: number;
  flags: number;
  position: number;
  readonly path: string;
  readonly node: FileNode;
  readonly weft?: PipeEnd;
  readonly file?: number;
  /** See descriptor-flags.ts. */
  closeOnExec?: boolean;
  /** What descriptors that are the same open file have in common. */
  readonly shared?: { position: number; flags: number };
  readonly stream_ops: { poll?(stream: FileStream): number };
}

/** An end of the kernel's pipe at address `object`. */
export interface PipeEnd {
  readonly object: number;
  readonly end: number;
}

export interface FileSystem {
  readonly streams: (FileStream | null)[];
  readonly root: FileNode;
  createNode(parent: FileNode, name: string, mode: number, device: number): FileNode;
  createStream(stream: object, fd?: number): FileStream;
  open(path: string, flags: number): FileStream;
  writeFile(path: string, data: string | Uint8Array): void;
  readFile(path: string): Uint8Array;
  mkdirTree(path: string): void;
  readdir(path: string): string[];
  lstat(path: string): { mode: number };
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  rmdir(path: string): void;
  unlink: (path: string) => void;
  lookupPath: (path: string, options?: object) => { readonly node: FileNode };
  cwd(): string;
  chmod(path: string, mode: number): void;
  /** `canOwn`: the data becomes the file's contents without being copied. */
  createDataFile(
    folder: string, name: string, data: Uint8Array, canRead: boolean, canWrite: boolean, canOwn: boolean,
  ): void;
  chdir(path: string): void;
}

/** Emscripten's module as Pyodide extends it. */
export interface PyodideModule {
  readonly FS: FileSystem;
  readonly StackState: { readonly prototype: StackState; new (): StackState };
  readonly HEAPU8: Uint8Array;
  readonly suspenderGlobal: { value: unknown };
  /** Whether the running stack may be suspended: no JavaScript frame lies between it and its promising call. */
  readonly validSuspender: { value: boolean };
  /** The marker that `promisingApply` answers where Python raised an exception. */
  readonly error: unknown;
  stackStop: number;
  enterTask(): void;
  /** Calls a Python object on a stack that may be suspended. */
  promisingApply(
    callable: number, positional: readonly unknown[], count: number, keywords: readonly string[], keywordCount: number,
    exception: number,
  ): Promise<[unknown]>;
  PyProxy_getPtr(proxy: unknown): number;
}

export interface Pyodide {
  readonly FS: FileSystem;
  readonly _module: PyodideModule;
  readonly _api: {
    makeSnapshot(serialize: () => string): { buffer: ArrayBuffer } | Uint8Array;
    readonly config: { _loadSnapshot?: unknown };
  };
  runPython(code: string): unknown;
}

export interface LoadOptions {
  readonly indexURL: string;
  readonly env: Record<string, string>;
  readonly _makeSnapshot: true;
  readonly _loadSnapshot?: Promise<Uint8Array>;
  readonly _snapshotDeserializer?: () => null;
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
  readonly fsInit: () => void;
}

export interface PyodideLoader {
  loadPyodide(options: LoadOptions): Promise<Pyodide>;
}
