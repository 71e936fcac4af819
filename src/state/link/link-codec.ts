import { strFromU8, strToU8, zlibSync } from 'fflate';
import { fromBase64Url, toBase64Url } from './base64url';
import { inflateBounded } from './bounded-inflate';
import { fromLinkBody, toLinkBody, type LinkProblem, type SharedProgram } from './shared-program';
import { LINK_VERSION, upgradeBody } from './upgraders';

/** Longer addresses are cut by mail programs and chats: a file is offered in their place. */
export const LINK_LENGTH_AT_MOST = 8000;
/** The longest fragment that is looked at. */
const FRAGMENT_AT_MOST = 1 << 20;
/** The largest program that a link unpacks to. */
export const BODY_BYTES_AT_MOST = 1 << 20;

export type OpenedLink =
  ({ readonly ok: true } & SharedProgram) | { readonly ok: false; readonly problem: LinkProblem };

/** The fragment of a link to `shared`: `#w2=` and its body's JSON, in zlib's format, in base64url. */
export function encodeLink(shared: SharedProgram): string {
  const json = strToU8(JSON.stringify(toLinkBody(shared)));
  return `#w${LINK_VERSION}=${toBase64Url(zlibSync(json, { level: 9 }))}`;
}

/** True where `fragment` claims to be one of our links, sound or not. */
export function isLinkFragment(fragment: string): boolean {
  return /^#?w\d+=/.test(fragment);
}

/**
 * Reads the fragment of a link, which anybody may have written or cut short: answers a program or a problem,
 * never throws, never runs anything, and never unpacks more than {@link BODY_BYTES_AT_MOST}.
 */
export function decodeLink(fragment: string): OpenedLink {
  if (fragment.length > FRAGMENT_AT_MOST) return refuse({ kind: 'too large', limitBytes: FRAGMENT_AT_MOST });
  const match = /^#?w(\d{1,6})=(.*)$/s.exec(fragment);
  if (match === null) return damaged('unknown form of link');
  const version = Number(match[1]);
  if (version > LINK_VERSION) return refuse({ kind: 'too new', version, reads: LINK_VERSION });
  if (version < 1) return damaged('unknown version');
  const compressed = fromBase64Url(match[2]);
  if (compressed === undefined || compressed.length === 0) return damaged('invalid letters');
  const bytes = inflateBounded(compressed, BODY_BYTES_AT_MOST);
  if (bytes === 'too large') return refuse({ kind: 'too large', limitBytes: BODY_BYTES_AT_MOST });
  if (bytes === 'damaged') return damaged('invalid compression');
  try {
    const shared = fromLinkBody(upgradeBody(JSON.parse(strFromU8(bytes)), version));
    return 'invalid' in shared ? damaged(shared.invalid) : { ok: true, ...shared };
  } catch {
    return damaged('invalid JSON');
  }
}

function damaged(detail: string): OpenedLink {
  return refuse({ kind: 'damaged', detail });
}
function refuse(problem: LinkProblem): OpenedLink {
  return { ok: false, problem };
}
