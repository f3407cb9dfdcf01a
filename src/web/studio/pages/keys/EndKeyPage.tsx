import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Consequences } from '../../../../server/issuer/key-consequences.ts';
import type { ShownKey } from '../../../../server/issuer/key-routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { type Sent, type Slice, useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Area, Choices, Text } from '../../ui/Field.tsx';
import { FormFaults } from '../../ui/FormFaults.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { endOf } from './end-of.ts';
import { useTexts } from './texts.ts';
import { WhatFollows } from './WhatFollows.tsx';

const empty = { how: 'compromise' as 'compromise' | 'retire', day: '', time: '00:00', reason: '' };

/** The moment that is written in a form, as the API takes it; null for none, or one to come. */
function momentOf({ day, time }: typeof empty): string | null {
  const moment = new Date(`${day}T${time || '00:00'}:00Z`);
  return Number.isNaN(moment.getTime()) || moment.getTime() > Date.now() ? null : moment.toISOString();
}

/** Take a key out of use: what follows stands in numbers before it is done. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { id = '' } = useParams({ strict: false });
  const { name, slug } = useIssuer();
  const [form, setForm, clear] = useKept(`key.${id}`, empty);
  const [attempt, setAttempt] = useState(0);
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const toast = useToast();
  const { mutateAsync } = useIssuerChange();
  const moment = form.how === 'compromise' ? momentOf(form) : null;
  const query = moment === null ? '' : `?from=${encodeURIComponent(moment)}`;
  // The form stays while another date is counted: somebody is typing that date in it.
  const consequences = useIssuerQuery<Consequences>(`/keys/${id}/consequences${query}`, {
    foresees: true,
    keeps: true,
  });
  const keys = useIssuerQuery<Slice<Sent<ShownKey>>>('/keys');
  const key = keys.data?.items.find((one) => one.id === id);
  const which =
    key === undefined
      ? ''
      : fill(texts.endWhich, { date: formatDate(key.createdAt.slice(0, 10)), end: endOf(key.publicKeyMultibase) });
  const change = (part: Partial<typeof empty>) => setForm({ ...form, ...part });
  const faults = [
    ...(form.how === 'compromise' && moment === null ? [{ id: 'day', label: texts.day }] : []),
    ...(form.reason.trim() === '' ? [{ id: 'reason', label: texts.why }] : []),
  ];
  const isFaulty = (field: string) => attempt > 0 && faults.some(({ id }) => id === field);
  return (
    <>
      <PageHead
        title={texts.endTitle}
        within={name}
        kicker={<IssuerLink to="/keys">{texts.toKeys}</IssuerLink>}
        lead={`${which} ${texts.endLead}`}
      />
      <Loaded query={consequences} what={texts.counting}>
        {(data) => (
          <>
            <form
              className="card pad two-columns"
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                setAttempt(attempt + 1);
                if (faults.length === 0) setAsking(true);
              }}
            >
              <div className="form">
                {attempt > 0 && <FormFaults faults={faults} attempt={attempt} />}
                <Choices
                  legend={texts.how}
                  value={form.how}
                  onChange={(how) => change({ how })}
                  choices={(['compromise', 'retire'] as const).map((value) => {
                    const [label = '', help = ''] = texts.hows[value];
                    return { value, label, help };
                  })}
                />
                {form.how === 'compromise' && (
                  <>
                    <div className="pair">
                      <Text
                        id="day"
                        type="date"
                        label={texts.day}
                        value={form.day}
                        onChange={(day) => change({ day })}
                        fault={isFaulty('day') ? texts.dateMissing : undefined}
                      />
                      <Text type="time" label={texts.time} value={form.time} onChange={(time) => change({ time })} />
                    </div>
                    <p className="small muted">
                      {texts.whenHelp}{' '}
                      {data.lastSignedAt !== null && fill(texts.lastSigned, { date: formatDate(data.lastSignedAt) })}
                    </p>
                  </>
                )}
                <Area
                  id="reason"
                  label={texts.why}
                  help={texts.whyHelp}
                  value={form.reason}
                  maxLength={1000}
                  onChange={(reason) => change({ reason })}
                  fault={isFaulty('reason') ? shared.reasonMissing : undefined}
                />
                <div className="row">
                  <button type="submit" className="btn danger">
                    {texts.act[form.how]}
                  </button>
                </div>
              </div>
              <WhatFollows how={form.how} dated={moment !== null && !consequences.isPlaceholderData} of={data} />
            </form>
            {asking && (
              <Confirm
                title={fill(texts.sure[form.how], { date: formatDate(moment ?? '') })}
                act={texts.act[form.how]}
                keep={texts.keep}
                danger
                reason={false}
                onClose={() => setAsking(false)}
                onAct={async () => {
                  const body = { reason: form.reason.trim(), ...(moment === null ? {} : { from: moment }) };
                  await mutateAsync({ path: `/keys/${id}/${form.how}`, body });
                  toast(texts.ended);
                  await navigate({ to: `/${slug}/keys` });
                  clear();
                }}
              >
                <p>
                  {which} {fill(texts.forEver, { count: data.signed })}
                </p>
              </Confirm>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
