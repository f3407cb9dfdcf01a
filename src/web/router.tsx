import { useEffect } from 'react';
import { type Language, languageNames, languages } from '../core/catalogue/language.ts';
import { VerifyPage } from './pages/verify/VerifyPage.tsx';
import { rememberLanguage, setLanguage, texts, useLanguage } from './texts/language.ts';
import { Frame } from './ui/Frame.tsx';
import { LanguageSwitch } from './ui/LanguageSwitch.tsx';
import { Sprite } from './ui/Sprite.tsx';

const choices = languages.map((language) => [language, languageNames[language]] as const);

/** The receiver's page, at /verify. */
export function Router() {
  const language = useLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts change with the language
  useEffect(() => {
    document.title = texts.pageTitle;
    document.querySelector('meta[name=description]')?.setAttribute('content', texts.pageDescription);
  }, [language]);
  const choose = async (code: string) => {
    rememberLanguage(code as Language);
    await setLanguage(code as Language);
  };
  return (
    <Frame
      name={texts.product}
      skip={texts.skip}
      foot={texts.foot}
      home="/"
      aside={
        <>
          <nav aria-label={texts.menu}>
            <a href="/framework">{texts.guide}</a>
            <a href="/studio">{texts.issue}</a>
          </nav>
          <LanguageSwitch label={texts.language} languages={choices} chosen={language} onChoose={choose} />
        </>
      }
    >
      <VerifyPage />
    </Frame>
  );
}

/** The same on the home, within a page that the server made. */
export function VerifyPart() {
  return (
    <>
      <Sprite />
      <VerifyPage isPart />
    </>
  );
}
