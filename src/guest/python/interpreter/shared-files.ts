import {
  changeFile, fileAttributes, listFolder, lookUp, makeFile, openFile, placeOfFiles, removeFolder, renameFile, unlinkFile, wholeFile,
} from '../../../kernel/files/files';
import type { Attributes } from '../../../kernel/files/inode';
import {
  inodeOfOpenFile, openFlags, positionOf, readOpenFile, seekOpenFile, setOpenFlags, setPosition, writeOpenFile,
} from '../../../kernel/files/open-file';
import { closeHandle, openHandle } from '../../../kernel/handles';
import { hasSocketName, unlinkSocketName } from '../../../kernel/ipc/socket-address';
import type { Kernel } from '../../../kernel/kernel';
import { EEXIST, EINVAL, ENAMETOOLONG, ENOENT } from '../../../protocol/errno';
import { HOME } from './boot';
import { emscriptenErrno } from './emscripten-errno';
import type { FileNode, FileStream, FileSystem } from './raw-python';

/** Where the files lie that all processes share: the program's folder, and the one for passing files. */
const PLACES = [HOME, '/tmp'];

/** Whether the file at this absolute path would be one of those. */
export function isShared(path: string): boolean {
  return PLACES.some((place) => path === place || path.startsWith(`${place}/`));
}

const O_CREAT = 64;
const O_EXCL = 128;
const S_IFMT = 0o170000;
const S_IFSOCK = 0o140000;
const S_IFLNK = 0o120000;
/** Above the numbers of Emscripten's own nodes, which are in one table with them. */
const FIRST_NODE = 2 ** 30;
const ENXIO = 60;
/** As Linux has it. */
const MOST_NAME_BYTES = 255;

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder();

/** A file as it was found just now, for one call: nothing of it is kept, for another process may rename or remove it. */
interface SharedNode extends FileNode {
  name: string;
  parent: SharedNode;
  mount: Mount;
  node_ops: object;
  stream_ops: object;
  /** The kernel's inode; 0: the name of a local socket. */
  inode: number;
}
interface Mount {
  readonly mountpoint: string;
  root?: SharedNode;
}
interface EmscriptenFiles {
  readonly FSNode: new (parent: SharedNode | null, name: string, mode: number, device: number) => SharedNode;
  readonly ErrnoError: new (errno: number) => Error & { readonly errno: number };
  mount(type: object, options: object, path: string): void;
  unmount(path: string): void;
  hashAddNode(node: FileNode): void;
  open(path: string, flags: number, mode?: number): FileStream;
  getPath(node: FileNode): string;
}
type Files = Omit<FileSystem, 'open'> & EmscriptenFiles;
interface ChangedAttributes {
  readonly mode?: number;
  readonly size?: number;
  readonly atime?: number;
  readonly mtime?: number;
}

/**
 * The kernel's files as a file system of Emscripten's, which does paths, links and descriptors. So what a child writes its
 * parent reads, and descriptors that are the same open file have one position.
 */
export class SharedFiles {
  private readonly fs: Files;
  private k: Kernel | undefined;

  constructor(fs: FileSystem) {
    this.fs = fs as unknown as Files;
    const open = this.fs.open.bind(this.fs);
    const hashAddNode = this.fs.hashAddNode.bind(this.fs);
    // Emscripten keeps nodes by name; of ours it may not, for names are others' as well.
    this.fs.hashAddNode = (node) => {
      if (!('inode' in node)) hashAddNode(node);
    };
    this.fs.open = (path: string, flags: number, mode?: number): FileStream => {
      try {
        return open(path, flags, mode);
      } catch (error) {
        // Another process made the file between the look for it and its making.
        const isThere = (error as { errno?: number }).errno === emscriptenErrno(EEXIST);
        if (isThere && (flags & O_CREAT) !== 0 && (flags & O_EXCL) === 0) return open(path, flags, mode);
        throw error;
      }
    };
  }

  /** A process begins: it sees the machine's files. */
  show(k: Kernel): void {
    this.k = k;
    for (const path of PLACES) {
      this.fs.mount({
        mount: (mount: Mount) => {
          const root = this.node(null, '/', this.done(placeOfFiles(k, path)));
          root.mount = mount;
          return root;
        },
      }, {}, path);
    }
  }

  /** The process is over. */
  hide(): void {
    this.k = undefined;
    this.fs.chdir('/');
    PLACES.forEach((path) => this.fs.unmount(path));
    this.fs.chdir(HOME);
  }

  /** The parts of a stream that is open on the kernel's open file `file`. */
  streamOf(file: number, path: string, flags: number): object {
    const node = this.node(null, '/', inodeOfOpenFile(this.kernel, file));
    return { path, node, flags, seekable: true, ungotten: [], error: false, stream_ops: this.streams, ...this.opened(file) };
  }

  /** Position and flags are the open file's, for all descriptors of it in all processes. */
  private opened(file: number): Pick<FileStream, 'file' | 'shared'> {
    const kernel = (): Kernel => this.kernel;
    return {
      file,
      shared: {
        get position() {
          return positionOf(kernel(), file);
        },
        set position(position) {
          setPosition(kernel(), file, position);
        },
        get flags() {
          return openFlags(kernel(), file);
        },
        set flags(flags) {
          setOpenFlags(kernel(), file, flags);
        },
      },
    };
  }

  private get kernel(): Kernel {
    if (this.k === undefined) throw this.error(ENOENT);
    return this.k;
  }

  private node(parent: SharedNode | null, name: string, inode: number): SharedNode {
    const { mode, number } = inode === 0 ? { mode: S_IFSOCK | 0o755, number: 0 } : fileAttributes(this.kernel, inode);
    const node = new this.fs.FSNode(parent, name, mode, 0);
    Object.assign(node, { id: FIRST_NODE + number, inode, node_ops: this.nodes, stream_ops: this.streams });
    return node;
  }

  private readonly nodes = {
    lookup: (parent: SharedNode, name: string): SharedNode => {
      if (textEncoder.encode(name).length > MOST_NAME_BYTES) throw this.error(ENAMETOOLONG);
      const found = lookUp(this.kernel, parent.inode, name);
      if (found === ENOENT && hasSocketName(this.kernel, this.pathOf(parent, name))) return this.node(parent, name, 0);
      return this.node(parent, name, this.done(found));
    },
    mknod: (parent: SharedNode, name: string, mode: number): SharedNode => (
      this.node(parent, name, this.done(makeFile(this.kernel, parent.inode, name, mode)))
    ),
    symlink: (parent: SharedNode, name: string, target: string): SharedNode => {
      const link = this.nodes.mknod(parent, name, S_IFLNK | 0o777);
      const file = this.done(openFile(this.kernel, link.inode, 1, -1));
      this.done(writeOpenFile(this.kernel, file, textEncoder.encode(target)));
      closeHandle(this.kernel, -1);
      return link;
    },
    readlink: (node: SharedNode): string => {
      if ((fileAttributes(this.kernel, node.inode).mode & S_IFMT) !== S_IFLNK) throw this.error(EINVAL);
      return textDecoder.decode(wholeFile(this.kernel, node.inode));
    },
    unlink: (parent: SharedNode, name: string): void => {
      const outcome = unlinkFile(this.kernel, parent.inode, name);
      this.done(outcome === ENOENT ? unlinkSocketName(this.kernel, this.pathOf(parent, name)) : outcome);
    },
    rmdir: (parent: SharedNode, name: string): void => {
      this.done(removeFolder(this.kernel, parent.inode, name));
    },
    rename: (node: SharedNode, folder: SharedNode, name: string): void => {
      this.done(renameFile(this.kernel, node.parent.inode, node.name, folder.inode, name));
      node.name = name;
    },
    readdir: (node: SharedNode): string[] => ['.', '..', ...listFolder(this.kernel, node.inode)],
    getattr: (node: SharedNode): object => {
      const attributes = node.inode === 0 ? SOCKET_ATTRIBUTES : fileAttributes(this.kernel, node.inode);
      const { number, mode, links, size, readTime, writeTime, changeTime } = attributes;
      return {
        dev: 1, ino: number, mode, nlink: links, uid: 0, gid: 0, rdev: 0, size,
        atime: new Date(readTime), mtime: new Date(writeTime), ctime: new Date(changeTime), blksize: 4096, blocks: Math.ceil(size / 512),
      };
    },
    setattr: (node: SharedNode, { mode, size, atime, mtime }: ChangedAttributes): void => {
      if (node.inode === 0) return;
      this.done(changeFile(this.kernel, node.inode, {
        ...(mode !== undefined && { mode }), ...(size !== undefined && { size }),
        ...(atime !== undefined && { readTime: atime }), ...(mtime !== undefined && { writeTime: mtime }),
      }));
      if (mode !== undefined) node.mode = mode;
    },
  };

  private readonly streams = {
    open: (stream: FileStream): void => {
      const { inode } = stream.node as SharedNode;
      const { flags } = stream;
      const file = inode === 0 ? 0 : openFile(this.kernel, inode, flags, stream.fd);
      if (file <= 0) this.fs.streams[stream.fd] = null;
      if (inode === 0) throw new this.fs.ErrnoError(ENXIO);
      Object.assign(stream, this.opened(this.done(file)));
    },
    dup: (stream: FileStream): void => {
      openHandle(this.kernel, stream.file!, 0, stream.fd);
    },
    close: (stream: FileStream): void => {
      closeHandle(this.kernel, stream.fd);
    },
    read: (stream: FileStream, buffer: Uint8Array, offset: number, length: number, position: number): number => {
      const k = this.kernel;
      this.done(readOpenFile(k, stream.file!, length, position));
      buffer.set(k.scratchPart(k.result), offset);
      return k.result;
    },
    write: (stream: FileStream, buffer: Uint8Array, offset: number, length: number, position: number): number => {
      const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
      this.done(writeOpenFile(this.kernel, stream.file!, bytes, position));
      return length;
    },
    llseek: (stream: FileStream, offset: number, from: number): number => {
      this.done(seekOpenFile(this.kernel, stream.file!, offset, from));
      return this.kernel.number;
    },
  };

  private pathOf(folder: SharedNode, name: string): Uint8Array {
    return textEncoder.encode(`${this.fs.getPath(folder)}/${name}`);
  }

  /** The answer of an operation, or the error for its errno. */
  private done(outcome: number): number {
    if (outcome < 0) throw this.error(outcome);
    return outcome;
  }

  private error(outcome: number): Error {
    return new this.fs.ErrnoError(emscriptenErrno(outcome));
  }
}

const SOCKET_ATTRIBUTES: Attributes = {
  number: 0, mode: S_IFSOCK | 0o755, links: 1, size: 0, readTime: 0, writeTime: 0, changeTime: 0,
};
