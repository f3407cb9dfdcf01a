import { useStudioTexts } from '../texts/index.ts';
import { Waiting } from '../ui/Waiting.tsx';

/** While a page comes. */
export function LoadingPage() {
  return <Waiting sentence={useStudioTexts().loadingPage} rows={5} />;
}
