import './verify.css';
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fetchInstance, type InstanceInfo } from '../../api.ts';
import { fill, sampleTitles, texts, useLanguage } from '../../texts/language.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { unfoldForPrint } from '../../ui/printing.ts';
import { type Given, nameOf } from './check.ts';
import { DropZone } from './DropZone.tsx';
import { type Batch, type Entry, useBatch } from './use-batch.ts';
import { useTrustSources } from './use-trust-sources.ts';

const Results = lazy(async () => ({ default: (await import('./Results.tsx')).Results }));
const TrustSources = lazy(async () => ({ default: (await import('./TrustSources.tsx')).TrustSources }));

const linksAtMost = 1000;

/** Drop in a credential, read one line. `isPart`: within a page that has a title. */
export function VerifyPage({ isPart = false }: { isPart?: boolean }) {
  useLanguage();
  const [instance] = useState(() => {
    const asked = fetchInstance();
    // It may be refused before the page listens, which is told all the same.
    asked.catch(() => undefined);
    return asked;
  });
  const [info, setInfo] = useState<InstanceInfo | 'unanswered' | null>(null);
  useEffect(() => {
    instance.then(setInfo, () => setInfo('unanswered'));
  }, [instance]);
  useEffect(unfoldForPrint, []);

  const served = useMemo(() => (info === null || info === 'unanswered' ? null : info), [info]);
  const trust = useTrustSources(served?.trustSources ?? noSources);
  const batch = useBatch(trust.sources, instance);
  const shownWith = useMemo(
    () => ({ version: served?.version ?? null, sources: trust.sources }),
    [served, trust.sources],
  );
  const [trustOpen, setTrustOpen] = useState(false);
  const list = useRef<HTMLElement>(null);

  const { entries, running, leftOut } = batch;
  const [first] = entries;
  // Who stops before anything is checked reads that, too.
  const isShown = entries.length > 0 || leftOut > 0;
  const finished = running || !isShown ? undefined : (first?.id ?? 'nothing');
  useLayoutEffect(() => {
    // Whoever cannot see the page is taken to the answer, unless they are reading one already.
    if (finished !== undefined && list.current?.contains(document.activeElement) === false) list.current.focus();
  }, [finished]);

  const { start } = batch;
  useEffect(() => {
    const asked = givenInAddress();
    if (asked !== null) start([asked]);
  }, [start]);

  const count = countOf(entries);
  const checking =
    first !== undefined && entries.length === 1
      ? fill(texts.checking, { name: nameOf(first.given) })
      : fill(texts.checkingMany, { count: entries.length });
  return (
    <>
      {!isPart && (
        <div className="intro">
          <h1>
            {texts.title[0]}
            <br />
            {texts.title[1]}
          </h1>
          <p className="lead">{texts.lead}</p>
        </div>
      )}
      <DropZone
        onFiles={({ given, leftOut: dropped }) => batch.start(given, dropped)}
        onText={(text) => batch.start(givenTexts(text))}
      />
      {served !== null && served.samples.length > 0 && (
        <div className="samples noprint">
          <h2>{texts.samples}</h2>
          <div className="row">
            {served.samples.map(({ id, title, url }) => (
              <button
                key={id}
                type="button"
                className="btn"
                onClick={() => batch.start([{ name: title, depth: 0, what: { sample: url, id } }])}
              >
                {sampleTitles[id] ?? title}
              </button>
            ))}
          </div>
        </div>
      )}
      {info === null ? (
        <div aria-busy="true" />
      ) : (
        <div className="trust noprint">
          <Disclosure
            summary={fill(texts.trust, { on: trust.sources.length, count: trust.choices.length })}
            onOpen={() => setTrustOpen(true)}
          >
            <Suspense>{trustOpen && <TrustSources trust={trust} unanswered={info === 'unanswered'} />}</Suspense>
          </Disclosure>
        </div>
      )}
      <p role="status" className="results-h small muted">
        {running && checking}
        {finished !== undefined && count}
      </p>
      {isShown && (
        <section ref={list} tabIndex={-1} className="results" aria-label={running ? checking : count}>
          {running && entries.length > 1 && <Progress batch={batch} />}
          {leftOut > 0 && (
            <p className="small">
              {leftOut === 1 ? texts.leftOutOne : fill(texts.leftOutMany, { count: leftOut, limit: linksAtMost })}
            </p>
          )}
          <Suspense>
            <Results batch={batch} shownWith={shownWith} />
          </Suspense>
        </section>
      )}
    </>
  );
}

const noSources: InstanceInfo['trustSources'] = [];

/** How many were checked, and of how many that cannot be said. */
function countOf(entries: readonly Entry[]): string {
  const having = (kind: string) => entries.filter(({ checked }) => checked?.kind === kind).length;
  const [assessed, refused, unanswered] = [having('assessed'), having('refused'), having('unanswered')];
  return [
    assessed === 0 ? texts.checkedNone : fill(texts.checked, { count: assessed }),
    ...(refused > 0 ? [fill(texts.countNotRead, { count: refused })] : []),
    ...(unanswered > 0 ? [fill(texts.countNotAnswered, { count: unanswered })] : []),
  ].join('; ');
}

function Progress({ batch: { entries, stop } }: { batch: Batch }) {
  const done = entries.filter(({ checked }) => checked !== null).length;
  const words = fill(texts.progress, { done, count: entries.length });
  return (
    <div className="progress noprint">
      <progress value={done} max={entries.length} aria-label={words} />
      <div className="split">
        <p className="small num">{words}</p>
        <button type="button" className="btn" onClick={stop}>
          {texts.stop}
        </button>
      </div>
    </div>
  );
}

/** A pasted credential, a link, or a list of links, one in a line. */
function givenTexts(text: string): Given[] {
  const lines = text.split(/\s*\n\s*/).filter((line) => line !== '');
  if (lines.length > 1 && lines.every((line) => /^https?:\/\/\S+$/.test(line)))
    return lines.slice(0, linksAtMost).map((line) => ({ name: line, depth: 0, what: { text: line } }));
  const name = /^https?:\/\/\S+$/.test(text) ? text : null;
  return [{ name, depth: 0, what: { text } }];
}

/** A credential or a sample of this instance that the address names: a page of ours leads here to have it checked. */
function givenInAddress(): Given | null {
  const query = new URLSearchParams(location.search);
  const [credential, sample] = [query.get('credential') ?? '', query.get('sample') ?? ''];
  if (/^[\w-]{22}$/.test(credential)) {
    const path = `/credentials/${credential}`;
    return { name: `${location.origin}${path}`, depth: 0, what: { sample: path, id: credential } };
  }
  if (!/^[\w-]{1,40}$/.test(sample)) return null;
  return { name: sample, depth: 0, what: { sample: `/samples/${sample}.json`, id: sample } };
}
