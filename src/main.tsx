import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (!root) throw new Error('missing element "root" in index.html');
createRoot(root).render(
  <StrictMode>
    <h1>Weft</h1>
  </StrictMode>,
);
