import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { fetchInstance, type InstanceInfo } from '../../api.ts';
import { fill, sampleTitles, texts, useLanguage } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { type Checked, check, type Given } from './check.ts';
import { DropZone } from './DropZone.tsx';

const Result = lazy(async () => ({ default: (await import('../../credential/Result.tsx')).Result }));
const Refusal = lazy(async () => ({ default: (await import('../../credential/Result.tsx')).Refusal }));

const filesAtMost = 20;

interface Entry {
  id: string;
  name: string;
  /** Null while it is being checked. */
  checked: Checked | null;
}

/** Drop in a credential, read one line. */
export function VerifyPage() {
  const language = useLanguage();
  const [instance] = useState(() => fetchInstance());
  const [samples, setSamples] = useState<InstanceInfo['samples']>([]);
  const [entries, setEntries] = useState<Entry[]>([]);
  const [leftOut, setLeftOut] = useState(false);
  const run = useRef(0);
  const list = useRef<HTMLElement>(null);

  useEffect(() => {
    instance.then(
      (info) => setSamples(info.samples),
      () => setSamples([]),
    );
  }, [instance]);

  const checkAll = async (given: Given[]) => {
    if (given.length === 0) return;
    run.current += 1;
    const current = run.current;
    const taken = given.slice(0, filesAtMost);
    // Without the instance's sources every issuer is unknown; the check itself does not need them.
    const trustSources = instance.then(
      (info) => info.trustSources,
      () => [],
    );
    setLeftOut(given.length > taken.length);
    setEntries(taken.map(({ name }, index) => ({ id: `result-${current}-${index}`, name, checked: null })));
    for (const [place, one] of taken.entries()) {
      const checked = await check(one, trustSources);
      // Something newer was given meanwhile: its results are the ones to show.
      if (run.current !== current) return;
      setEntries((before) => before.map((entry, index) => (index === place ? { ...entry, checked } : entry)));
    }
  };

  const waiting = entries.find(({ checked }) => checked === null);
  const [first] = entries;
  const finished = waiting === undefined ? first?.id : undefined;
  useEffect(() => {
    // Whoever cannot see the page is taken to the answer.
    if (finished !== undefined) list.current?.focus();
  }, [finished]);

  const count = fill(texts.checked, { count: entries.length });
  return (
    <>
      <div className="intro">
        <h1>
          {texts.title[0]}
          <br />
          {texts.title[1]}
        </h1>
        <p className="lead">{texts.lead}</p>
      </div>
      <DropZone
        onFiles={(files) => checkAll(files.map((file) => ({ name: file.name, file })))}
        onText={(text) => checkAll([{ name: texts.pasted, text }])}
      />
      {samples.length > 0 && (
        <div className="samples">
          <h2>{texts.samples}</h2>
          <div className="row">
            {samples.map(({ id, title, url }) => (
              <button
                key={id}
                type="button"
                className="btn"
                onClick={() => checkAll([{ name: sampleTitles[id] ?? title, sample: url }])}
              >
                {sampleTitles[id] ?? title}
              </button>
            ))}
          </div>
        </div>
      )}
      <p role="status" className="results-h small muted">
        {waiting !== undefined && fill(texts.checking, { name: waiting.name })}
        {finished !== undefined && count}
      </p>
      {entries.length > 0 && (
        <section ref={list} tabIndex={-1} className="results" aria-label={count}>
          {leftOut && <p className="small">{fill(texts.tooMany, { count: filesAtMost })}</p>}
          <Suspense>
            {entries.map(({ id, name, checked }) =>
              checked === null ? null : <Shown key={id} id={id} name={name} checked={checked} language={language} />,
            )}
          </Suspense>
        </section>
      )}
    </>
  );
}

function Shown({ id, name, checked, language }: { id: string; name: string; checked: Checked; language: string }) {
  if (checked.kind === 'assessed') return <Result id={id} assessment={checked.assessment} />;
  if (checked.kind === 'refused') return <Refusal id={id} name={name} finding={checked.finding} />;
  const isOurs = checked.detail === null;
  return (
    <article className="card result pad" aria-labelledby={id} data-verdict="unanswered">
      <div className="answer">
        <Icon name="unsure" className="unsure" />
        <div>
          <h2 className="say" id={id}>
            {isOurs ? texts.failedHere : (language === 'en' && checked.detail) || texts.notAnswered}
          </h2>
          <p className="why">{isOurs ? texts.failedHereTodo : texts.notAnsweredTodo}</p>
        </div>
      </div>
    </article>
  );
}
