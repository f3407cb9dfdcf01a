import { useState } from 'react';
import { fill } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Text } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useTexts } from './texts.ts';

/** As the API takes it. */
const isSlug = (text: string) => text.length <= 63 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);

/** A short name that says the same: without accents and signs. */
const proposeSlug = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');

/** Its short name follows its name until somebody writes another. */
const empty = { name: '', slug: null as string | null, url: '' };

export function MakeUnit({ onClose }: { onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const { name: issuer, slug: of } = useIssuer();
  const [form, setForm, clear] = useKept(`unit.${of}`, empty);
  const { name, url } = form;
  const [attempted, setAttempted] = useState(false);
  const { mutateAsync } = useIssuerChange();
  const slug = form.slug ?? proposeSlug(name);
  const urlFits = url.trim() === '' || /^https?:\/\/[^\s/]+\.[^\s]+$/.test(url.trim());
  const isWell = name.trim() !== '' && isSlug(slug) && urlFits;
  return (
    <Confirm
      title={fill(texts.makeTitle, { issuer })}
      act={texts.makeAct}
      reason={false}
      onClose={() => {
        clear();
        onClose();
      }}
      onAct={async () => {
        setAttempted(true);
        if (!isWell) return false;
        const profile = { type: ['Profile'], name: name.trim(), ...(url.trim() === '' ? {} : { url: url.trim() }) };
        await mutateAsync({ path: '/units', body: { slug, profile } });
        toast(fill(texts.made, { name: name.trim() }));
        return true;
      }}
    >
      <p>{texts.makeMeaning}</p>
      <Text
        label={texts.name}
        help={texts.nameHelp}
        value={name}
        maxLength={200}
        onChange={(name) => setForm({ ...form, name })}
        fault={attempted && name.trim() === '' ? texts.nameMissing : undefined}
      />
      <Text
        label={texts.slug}
        help={fill(texts.slugHelp, { address: `${location.origin}/issuers/${slug || '…'}` })}
        value={slug}
        maxLength={63}
        dir="ltr"
        onChange={(slug) => setForm({ ...form, slug })}
        fault={attempted && !isSlug(slug) ? texts.slugMissing : undefined}
      />
      <Text
        label={texts.url}
        help={texts.urlHelp}
        type="url"
        dir="ltr"
        value={url}
        maxLength={500}
        onChange={(url) => setForm({ ...form, url })}
        fault={attempted && !urlFits ? texts.urlFault : undefined}
      />
    </Confirm>
  );
}
