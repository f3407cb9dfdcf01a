import { Link } from '@tanstack/react-router';
import type { MyIssuer } from '../issuer.ts';
import type { StudioPage } from '../page.ts';
import { pages } from '../pages.ts';
import { texts as order } from '../texts/en.ts';
import { useStudioTexts } from '../texts/index.ts';

type Area = NonNullable<StudioPage['area']>;
const areas = Object.keys(order.areas) as Area[];
const inOrder = pages
  .flatMap(({ area, ...page }) => (area === undefined ? [] : [{ ...page, area }]))
  .sort((a, b) => areas.indexOf(a.area) - areas.indexOf(b.area));

/** The areas that somebody may enter, and whose they are. */
export function Navigation({ issuer, hasMore }: { issuer: MyIssuer; hasMore: boolean }) {
  const texts = useStudioTexts();
  return (
    <>
      <p className="whose">
        <bdi>{issuer.name}</bdi>
        {hasMore && (
          <Link to="/" search={{ choose: true }} className="small">
            {texts.changeIssuer}
          </Link>
        )}
      </p>
      <nav aria-label={texts.mainNavigation}>
        {inOrder
          .filter(({ needs }) => issuer.scopes.includes(needs))
          .map(({ path, area }) => (
            <Link
              key={path}
              to={`/$issuer${path}`}
              params={{ issuer: issuer.slug }}
              activeOptions={{ exact: path === '/', includeSearch: false }}
            >
              {texts.areas[area]}
            </Link>
          ))}
      </nav>
    </>
  );
}
