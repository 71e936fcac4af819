import type { Program } from '../protocol/program';
import type { TaskInfo, TraceModel } from '../trace/trace';

const FILE = 'reader.py';
/** What its process is called: the name of its file. */
export const READER = 'reader';

/** Sends the lines that the reader types, and prints what comes back. */
const TEXT = `import socket, sys, threading

def send(connection):
    for line in sys.stdin:
        connection.sendall(line.encode())
    connection.shutdown(socket.SHUT_WR)

try:
    if PORT:
        connection = socket.create_connection((HOST, PORT))
    else:
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(HOST)
    threading.Thread(target=send, args=(connection,), daemon=True).start()
    while data := connection.recv(65536):
        print(data.decode(errors='replace'), end='', flush=True)
except OSError as error:
    sys.exit(str(error))
`;

/** A program with which the reader is a client of the server at `address`: `127.0.0.1:8000`, or the name of a local socket. */
export function readersClient(address: string): Program {
  const [, host = address, port = '0'] = /^([\d.]+):(\d+)$/.exec(address) ?? [];
  // A server that listens on all addresses is here.
  const constants = `HOST, PORT = ${JSON.stringify(host === '0.0.0.0' ? '127.0.0.1' : host)}, ${port}\n`;
  return { language: 'python', files: [{ name: FILE, text: constants + TEXT }], entry: FILE, beside: [] };
}

/** The process of the reader's client while it lives. */
export function readerOf({ tasks }: TraceModel): TaskInfo | undefined {
  return tasks.find(({ name, method, endedAt }) => name === READER && method === 'initial' && endedAt === undefined);
}

/** Addresses at which a program of the run has listened, each once. */
export function listeningAddresses({ objects }: TraceModel): readonly string[] {
  return [...new Set(objects.filter(({ type }) => type === 'listener').map(({ name }) => name))];
}
