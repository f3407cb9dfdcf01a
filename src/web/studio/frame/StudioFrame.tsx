import { Outlet, useParams } from '@tanstack/react-router';
import { type Language, languageNames, languages } from '../../../core/catalogue/language.ts';
import { rememberLanguage, setLanguage, useLanguage } from '../../texts/language.ts';
import { Frame } from '../../ui/Frame.tsx';
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx';
import { forgetAll } from '../kept.ts';
import { useMe } from '../queries.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Navigation } from './Navigation.tsx';
import { Offline } from './Offline.tsx';

const choices = languages.map((language) => [language, languageNames[language]] as const);

/** Bar, navigation, marks on the whole page, the page, and the foot. */
export function StudioFrame() {
  const texts = useStudioTexts();
  const language = useLanguage();
  const me = useMe();
  const { issuer: slug } = useParams({ strict: false });
  const issuer = me.data?.issuers.find((one) => one.slug === slug);
  const choose = async (code: string) => {
    rememberLanguage(code as Language);
    await setLanguage(code as Language);
  };
  return (
    <Frame
      name={texts.product}
      skip={texts.skip}
      foot={texts.foot}
      home={issuer === undefined ? '/studio' : `/studio/${issuer.slug}`}
      aside={
        <>
          {issuer !== undefined && <Navigation issuer={issuer} hasMore={(me.data?.issuers.length ?? 0) > 1} />}
          {slug !== undefined && me.isPending && <div className="nav-room" />}
          <div className="who row">
            <LanguageSwitch label={texts.language} languages={choices} chosen={language} onChoose={choose} />
            <a href={`/account?lang=${language}`}>{texts.account}</a>
            <form method="post" action="/sign-out" onSubmit={forgetAll}>
              <button type="submit" className="btn plain">
                {texts.signOut}
              </button>
            </form>
          </div>
        </>
      }
    >
      {me.data?.test === true && (
        <p className="mark-line small">
          <b>{texts.testMark}</b> {texts.testMeaning}
        </p>
      )}
      <Offline />
      <Loaded query={me} what={texts.studio}>
        {() => <Outlet />}
      </Loaded>
    </Frame>
  );
}
