import '@fontsource-variable/source-serif-4/wght.css';
import '@fontsource-variable/source-sans-3/wght.css';
import '@fontsource-variable/source-code-pro/wght.css';
import '../ui/tokens.css';
import '../ui/components.css';
import '../ui/page.css';
import './studio.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setLanguage, wantedLanguage } from '../texts/language.ts';
import { me, queries } from './queries.ts';
import { router } from './router.tsx';
import { keepFocus } from './ui/focus.ts';
import { Toasts } from './ui/Toasts.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('studio.html has no root');
const patience = 1000;
// All that the page begins with is drawn at once, so that nothing moves when another part of it comes: its words, who is signed
// in, and its own script. After a second what waits is shown.
await Promise.race([
  Promise.all([
    // Without the words of another language the studio is still of use in English.
    // The server sends the page in the language in which somebody signed in.
    setLanguage(wantedLanguage(document.documentElement.lang)).catch(console.error),
    queries.prefetchQuery(me),
    router.load(),
  ]),
  new Promise((resolve) => setTimeout(resolve, patience)),
]);
keepFocus();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Toasts>
        <RouterProvider router={router} />
      </Toasts>
    </QueryClientProvider>
  </StrictMode>,
);
