/** The page inside somebody else's page. What it loads before the reader asks for more must stay small (bench: embed). */
import { registerServiceWorker } from '../offline/register';
import { readEmbedOptions } from '../protocol/embed';
import { languageTag, preferredLanguage, setLanguage } from '../text/translate';
import { EmbedFrame } from './embed-frame';
import { HostChannel } from './host-channel';

const root = document.getElementById('root');
if (!root) throw new Error('missing element "root" in embed.html');
const options = readEmbedOptions(location.search, (sentence) => console.warn(`weft-run: ${sentence}`));
const language = options.lang === 'auto' ? preferredLanguage(navigator.languages) : options.lang;
if (language === 'zh') await import('../text/chinese-player');
setLanguage(language);
document.documentElement.lang = languageTag(language);

const channel = new HostChannel(options.host);
const frame = new EmbedFrame(root, options, (message) => channel.send(message));
channel.listen((message) => frame.take(message));
void frame.open(location.hash);
registerServiceWorker();
