import { type FormEvent, useMemo, useState } from 'react';
import type { JsonObject } from '../../../../core/json/json.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Area, Text } from '../../ui/Field.tsx';
import { FormFaults } from '../../ui/FormFaults.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { Accreditors } from './Accreditors.tsx';
import { Logo } from './Logo.tsx';
import { fromForm, type ProfileForm, toForm } from './profile-form.ts';
import { useTexts } from './texts.ts';

const isWebAddress = (text: string) => /^https?:\/\/[^\s/]+$|^https?:\/\/[^\s/]+\/\S*$/.test(text.trim());

/** Every field that needs a look, by the id of its control. */
function findFaults(form: ProfileForm, texts: ReturnType<typeof useTexts>) {
  const faults: { id: string; label: string; text: string }[] = [];
  const check = (isWell: boolean, id: string, label: string, text: string) => {
    if (!isWell) faults.push({ id, label, text });
  };
  check(form.name.trim() !== '', 'profile-name', texts.name, texts.nameMissing);
  check(form.url.trim() === '' || isWebAddress(form.url), 'profile-url', texts.url, texts.urlFault);
  check(
    form.email.trim() === '' || /^\S+@\S+\.\S+$/.test(form.email.trim()),
    'profile-email',
    texts.email,
    texts.emailFault,
  );
  for (const [index, one] of form.accreditors.entries()) {
    const id = (name: string) => `accreditor-${index}-${name}`;
    check(one.name.trim() !== '', id('name'), texts.accreditorName, texts.accreditorNameMissing);
    check(one.contactInstructions.trim() !== '', id('check'), texts.howToCheck, texts.howToCheckMissing);
    check(one.url.trim() === '' || isWebAddress(one.url), id('url'), texts.accreditorUrl, texts.urlFault);
  }
  return faults;
}

/** The form of a profile. What was typed is kept over a reload, until it is saved or discarded. */
export function EditProfile({ profile }: { profile: JsonObject }) {
  const texts = useTexts();
  const toast = useToast();
  const { slug } = useIssuer();
  const saved = useMemo(() => toForm(profile), [profile]);
  const [form, setForm, discard] = useKept(`profile.${slug}`, saved);
  const [attempt, setAttempt] = useState(0);
  const [asking, setAsking] = useState(false);
  const { mutateAsync } = useIssuerChange();
  const change = (part: Partial<ProfileForm>) => setForm({ ...form, ...part });
  const faults = attempt === 0 ? [] : findFaults(form, texts);
  const faultOf = (id: string) => faults.find((fault) => fault.id === id)?.text;
  const isChanged = JSON.stringify(form) !== JSON.stringify(saved);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    setAsking(findFaults(form, texts).length === 0);
  };
  return (
    <>
      <form className="stack-2" onSubmit={submit} noValidate>
        <FormFaults faults={faults} attempt={attempt} />
        <section className="card pad" aria-labelledby="who">
          <div className="form">
            <h2 id="who">{texts.title}</h2>
            <Text
              id="profile-name"
              label={texts.name}
              value={form.name}
              maxLength={200}
              onChange={(name) => change({ name })}
              fault={faultOf('profile-name')}
              autoComplete="organization"
            />
            <Area
              label={texts.description}
              value={form.description}
              maxLength={2000}
              onChange={(description) => change({ description })}
            />
            <Text
              id="profile-url"
              label={texts.url}
              type="url"
              dir="ltr"
              value={form.url}
              maxLength={500}
              onChange={(url) => change({ url })}
              fault={faultOf('profile-url')}
            />
            <Text
              id="profile-email"
              label={texts.email}
              type="email"
              dir="ltr"
              value={form.email}
              maxLength={300}
              onChange={(email) => change({ email })}
              fault={faultOf('profile-email')}
            />
            <Text
              label={texts.phone}
              dir="ltr"
              value={form.phone}
              maxLength={50}
              onChange={(phone) => change({ phone })}
            />
            <Logo address={form.logo} onChange={(logo) => change({ logo })} />
          </div>
        </section>
        <Accreditors value={form.accreditors} onChange={(accreditors) => change({ accreditors })} faultOf={faultOf} />
        <div className="row">
          <button type="submit" className="btn primary" aria-disabled={!isChanged}>
            {texts.save}
          </button>
          {isChanged && (
            <>
              <button
                type="button"
                className="btn plain"
                onClick={() => {
                  discard();
                  toast(texts.discarded, () => setForm(form));
                }}
              >
                {texts.discard}
              </button>
              <p className="small muted" role="status">
                {texts.unsaved}
              </p>
            </>
          )}
        </div>
      </form>
      {asking && isChanged && (
        <Confirm
          title={texts.saveTitle}
          act={texts.save}
          onClose={() => setAsking(false)}
          onAct={async (reason) => {
            const next = fromForm(profile, form);
            // As it will come back: what is kept is what is saved then.
            setForm(toForm(next));
            await mutateAsync({ method: 'PUT', path: '', body: { profile: next, reason } });
            toast(texts.saved);
          }}
        >
          <p>{texts.saveMeaning}</p>
        </Confirm>
      )}
    </>
  );
}
