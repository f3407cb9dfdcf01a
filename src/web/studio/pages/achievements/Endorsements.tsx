import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Finding } from '../../../../core/finding.ts';
import { type JsonValue, toList } from '../../../../core/json/json.ts';
import { askJson, ProblemError } from '../../../api.ts';
import { fill } from '../../../texts/language.ts';
import { chooseFile } from '../../../ui/choose-file.ts';
import { useFindingWords } from '../../findings.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { Area } from '../../ui/Field.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useEditing, usePlace } from './editing.ts';
import { type Endorsement, type EndorsementMember, endorsementsOf } from './endorsement.ts';
import { CommentsAt } from './fields.tsx';
import { useTexts } from './texts.ts';

/** Who vouches for the achievement: each a signed credential of somebody else, which the server checks before it stands here. */
export function Endorsements() {
  const { endorsements: texts } = useTexts();
  const { achievement, address, set } = useEditing();
  const { id: field } = usePlace('/endorsement');
  const { slug } = useIssuer();
  const { id } = useParams({ strict: false });
  const toast = useToast();
  const [text, setText, clearText] = useKept(`endorsement.${id}`, '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [fault, setFault] = useState<string>();
  const all = endorsementsOf(achievement);

  const take = async (document: string) => {
    if (busy) return;
    setError(null);
    if (document.trim() === '') return setFault(texts.nothing);
    setBusy(true);
    try {
      const path = `/api/issuers/${slug}/achievements/${id}/endorsements/check`;
      const { member, value } = await askJson<{ member: EndorsementMember; value: JsonValue }>(path, {
        method: 'POST',
        body: { document: document.trim() },
      });
      if (all.some((one) => JSON.stringify(one.value) === JSON.stringify(value))) setFault(texts.twice);
      else {
        set(`/${member}`, (before) => [...toList(before), value]);
        clearText();
      }
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  const remove = ({ member, index, value, by }: Endorsement) => {
    set(`/${member}`, (before) => toList(before).filter((_, place) => place !== index));
    document.getElementById(field)?.focus();
    toast(fill(texts.removed, { name: by }), () =>
      set(`/${member}`, (before) => toList(before).toSpliced(index, 0, value)),
    );
  };

  return (
    <fieldset className="rubric">
      <legend>{texts.title}</legend>
      <p className="small muted">{texts.lead}</p>
      <p className="path" dir="ltr">
        {address}
      </p>
      <CommentsAt pointer="/endorsement" />
      {all.length > 0 && (
        <ul className="skills" aria-label={texts.title}>
          {all.map((one) => (
            <li className="split" key={`${one.member}-${one.index}`}>
              <div>
                <p>
                  <bdi>{one.by}</bdi>
                </p>
                {one.comment !== '' && (
                  <p className="small muted" dir="auto">
                    {one.comment}
                  </p>
                )}
              </div>
              <button
                type="button"
                className="btn plain"
                aria-label={fill(texts.removeOf, { name: one.by })}
                onClick={() => remove(one)}
              >
                {texts.remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Area
        id={field}
        label={texts.document}
        help={texts.documentHelp}
        fault={fault}
        value={text}
        maxLength={200_000}
        onChange={(next) => {
          setText(next);
          setFault(undefined);
        }}
      />
      <div className="row">
        <button type="button" className="btn" aria-disabled={busy} onClick={() => void take(text)}>
          {texts.add}
        </button>
        <button
          type="button"
          className="btn plain"
          aria-disabled={busy}
          onClick={() =>
            busy || chooseFile('.json,.jwt,.jws,.txt', (file) => void file.text().then((content) => take(content)))
          }
        >
          {texts.file}
        </button>
      </div>
      <p className="small muted" role="status">
        {busy ? texts.checking : ''}
      </p>
      {error !== null && <Refused error={error} />}
    </fieldset>
  );
}

/** Why it was refused, with what was found in it. */
function Refused({ error }: { error: unknown }) {
  const words = useFindingWords();
  const findings = error instanceof ProblemError ? ((error.members.findings ?? []) as Finding[]) : [];
  return (
    <Problem
      error={error}
      action={findings.map((finding) => {
        const { say } = words(finding);
        return (
          <p className="small" key={say}>
            {say}
          </p>
        );
      })}
    />
  );
}
