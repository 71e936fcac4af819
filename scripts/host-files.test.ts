import { expect, it } from 'vitest';
import { appHeaders } from './headers.mjs';
import { hostFiles } from './host-files.mjs';

it('gives each static host every header, as it wants them written', () => {
  const files = hostFiles();
  const vercel = JSON.parse(files['vercel.json']) as { headers: { headers: unknown[] }[] };
  const azure = JSON.parse(files['staticwebapp.config.json']) as { globalHeaders: unknown };
  expect(azure.globalHeaders).toEqual(appHeaders);
  for (const [key, value] of Object.entries(appHeaders)) {
    expect(files._headers.split('\n')).toContain(`  ${key}: ${value}`);
    expect(files['.htaccess']).toContain(`Header always set ${key} "${value}"`);
    expect(vercel.headers[0].headers).toContainEqual({ key, value });
  }
});

it('holds no quote that would end a value early', () => {
  for (const value of Object.values(appHeaders)) expect(value).not.toMatch(/["\n]/);
});
