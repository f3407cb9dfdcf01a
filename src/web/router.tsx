import { VerifyPage } from './pages/verify/VerifyPage.tsx';
import { texts } from './texts/en.ts';
import { Frame } from './ui/Frame.tsx';

/** The receiver's page answers at / and /verify; the server sends the application to no other address. */
export function Router() {
  return (
    <Frame name={texts.product} skip={texts.skip} foot={texts.foot} home="/">
      <VerifyPage />
    </Frame>
  );
}
