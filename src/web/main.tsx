import '@fontsource-variable/source-serif-4/wght.css';
import '@fontsource-variable/source-sans-3/wght.css';
import '@fontsource-variable/source-code-pro/wght.css';
import './ui/tokens.css';
import './ui/components.css';
import './ui/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseLanguage } from '../core/catalogue/language.ts';
import { Router, VerifyPart } from './router.tsx';
import { setLanguage, wantedLanguage } from './texts/language.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
// On the home all around is the server's, and speaks already.
const isPart = root.dataset.part === 'verify';
// Without the words of another language the page is still of use in English.
await setLanguage(isPart ? chooseLanguage([document.documentElement.lang]) : wantedLanguage()).catch(console.error);
createRoot(root).render(<StrictMode>{isPart ? <VerifyPart /> : <Router />}</StrictMode>);
