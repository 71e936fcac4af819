import { expect, expectAccessible, test } from '../support/app-test';
import type { WeftPage } from '../support/weft-page';

async function choosePython(weft: WeftPage, title: string): Promise<void> {
  await weft.page.getByRole('button', { name: 'Examples' }).click();
  await weft.page.getByRole('menu').getByRole('menuitemradio', { name: 'Python', exact: true }).click();
  await weft.page.getByRole('menu').getByRole('menuitemradio', { name: new RegExp(`^${title}`) }).click();
}

test('a server and a client in two tabs run on one machine, and the reader is a client too', async ({ weft }) => {
  const { page, output } = weft;
  await choosePython(weft, 'Server and client');
  const files = page.getByRole('group', { name: 'Files of the program' });
  await expect(files.getByRole('button')).toHaveText([/Is started\s*server\.py/, /Is started\s*client\.py/]);
  await weft.run.click();
  // Python is fetched first.
  await expect(output).toContainText('the client is done');

  const programs = page.getByRole('group', { name: 'Programs' });
  await programs.getByRole('button', { name: 'client' }).click();
  await expect.poll(() => weft.lines()).toEqual([
    'the server answers: GOOD MORNING', 'the server answers: IS ANYBODY THERE', 'the server answers: GOODBYE', 'the client is done',
  ]);
  await programs.getByRole('button', { name: 'server' }).click();
  await expect(output).toContainText('client 1 has hung up');
  await expect(output).not.toContainText('the client is done');
  await programs.getByRole('button', { name: 'All' }).click();

  await expect(page.getByTestId('server')).toContainText('A server listens on 127.0.0.1:8000');
  await expectAccessible(weft);
  await page.getByRole('button', { name: 'Be a client' }).click();
  const field = page.getByLabel('Your line to the server');
  await expect(output).toContainText('client 2 comes, port');
  for (const line of ['hello', 'it is me']) {
    await field.fill(line);
    await field.press('Enter');
    await expect(output).toContainText(line.toUpperCase());
  }
  await expect(output).toContainText('client 2 says it is me');
  await page.getByRole('button', { name: 'Hang up' }).click();
  await expect(output).toContainText('client 2 has hung up');
  await programs.getByRole('button', { name: 'reader' }).click();
  await expect.poll(() => weft.lines()).toEqual(['HELLO', 'IT IS ME']);
  // Its process has ended, and another may come.
  await expect(page.getByRole('button', { name: 'Be a client' })).toBeVisible();
  await weft.stop.click();
  await expect(weft.status).toHaveText(/^Stopped after/);
  await expect(page.getByTestId('server')).toHaveCount(0);
});

test('in virtual time a server that is alone waits for the reader', async ({ weft }) => {
  const { page, output } = weft;
  await choosePython(weft, 'Five clients at once');
  await weft.write([
    'import socketserver, time',
    'class Echo(socketserver.StreamRequestHandler):',
    '    def handle(self):',
    '        for line in self.rfile:',
    '            self.wfile.write(line.upper())',
    '            print("asked at", round(time.monotonic()))',
    'socketserver.TCPServer.allow_reuse_address = True',
    'socketserver.TCPServer(("127.0.0.1", 8000), Echo).serve_forever()',
  ].join('\n'));
  await weft.run.click();
  await page.getByRole('button', { name: 'Be a client' }).click();
  const field = page.getByLabel('Your line to the server');
  await field.fill('hello');
  await field.press('Enter');
  await expect(output).toContainText('HELLO');
  await expect(output).toContainText('asked at 10');
  await page.getByRole('button', { name: 'Hang up' }).click();
  await expect(page.getByRole('button', { name: 'Be a client' })).toBeVisible();
  await expect(weft.status).toHaveText(/^Running/);
  await weft.stop.click();
  await expect(weft.status).toHaveText(/^Stopped after/);
});

test('programs are added, named, chosen to be started, and removed; a link and another visit have them', async ({ weft }) => {
  const { page } = weft;
  await choosePython(weft, 'Five clients at once');
  const files = page.getByRole('group', { name: 'Files of the program' });
  await weft.write('import socket\nserver = socket.create_server(("127.0.0.1", 9000))\nconnection, _ = server.accept()\nprint(connection.recv(9).decode())\n');
  await page.getByRole('button', { name: 'Another program' }).click();
  await weft.write('import socket, words\nsocket.create_connection(("127.0.0.1", 9000)).sendall(words.HELLO)\n');
  await page.getByRole('button', { name: 'Another program' }).click();
  await weft.write('HELLO = b"hello"\n');
  await page.getByRole('button', { name: 'Options of program2.py' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('checkbox', { name: /^Run starts this file/ }).uncheck();
  await panel.getByLabel('Name of the file').fill('client.py');
  await panel.getByRole('button', { name: 'Rename' }).click();
  await expect(panel.getByRole('alert')).toHaveText('There is a file of this name already, or it is no name for one.');
  await panel.getByLabel('Name of the file').fill('words.py');
  await expectAccessible(weft);
  await panel.getByRole('button', { name: 'Rename' }).click();
  const tabs = [/Is started\s*main\.py/, /Is started\s*client\.py/, /^words\.py$/];
  await expect(files.getByRole('button')).toHaveText(tabs);
  await weft.run.click();
  await expect(weft.status).toHaveText(/^Finished after/);
  await expect.poll(() => weft.lines()).toEqual(['hello']);

  const link = await weft.share();
  await page.reload();
  await expect(files.getByRole('button')).toHaveText(tabs);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(files.getByRole('button')).toHaveText(tabs);
  await files.getByRole('button', { name: 'words.py' }).click();
  await page.getByRole('button', { name: 'Options of words.py' }).click();
  await panel.getByRole('button', { name: 'Remove the file' }).click();
  await expect(files.getByRole('button')).toHaveText(tabs.slice(0, 2));
});
