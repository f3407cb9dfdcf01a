import { Link } from '@tanstack/react-router';
import { useStudioTexts } from '../texts/index.ts';
import { Missing } from '../ui/Missing.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Problem } from '../ui/Problem.tsx';

/** There is no such page. */
export function NoPage() {
  const texts = useStudioTexts();
  return (
    <>
      <PageHead title={texts.notFound} />
      <Missing title={texts.notFound} text={texts.notFoundMeaning}>
        <Link className="btn" to="/">
          {texts.toHome}
        </Link>
      </Missing>
    </>
  );
}

/** A page threw, or could not be loaded. */
export function PageFailed({ error }: { error: unknown }) {
  const texts = useStudioTexts();
  // A part of the page that the network did not bring is no fault of the page.
  const isMissing = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <>
      <PageHead title={texts.pageFailed} {...(!isMissing && { lead: texts.pageFailedMeaning })} />
      <Problem
        error={error}
        title={texts.failed}
        action={
          <button type="button" className="btn" onClick={() => location.reload()}>
            {texts.reload}
          </button>
        }
      />
    </>
  );
}
