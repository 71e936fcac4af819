import './text/whole-catalogue';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { registerServiceWorker } from './offline/register';
import { keepCourseAddress, openCourseAddress } from './ui/lessons/lesson-address';
import { makePage } from './ui/make-page';
import { App } from './ui/shell/app';
import './ui/styles/page.css';

const root = document.getElementById('root');
if (!root) throw new Error('missing element "root" in index.html');
const page = makePage();
const openAddress = (): void => {
  page.actions.openLink(location.hash);
  openCourseAddress(page, location.hash);
};
keepCourseAddress(page);
openAddress();
window.addEventListener('hashchange', openAddress);
createRoot(root).render(<StrictMode><App page={page} /></StrictMode>);
registerServiceWorker();
