import { useState } from 'react';
import { fill } from '../../../texts/language.ts';
import { type Scope, useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Check, Text } from '../../ui/Field.tsx';
import { useTexts } from './texts.ts';

const empty = { name: '', scopes: ['read'] as Scope[] };

/** Make a key, and show it this once. */
export function MakeApiKey({ onClose }: { onClose(): void }) {
  const texts = useTexts();
  const { scopes: own, slug } = useIssuer();
  const [{ name, scopes }, setForm, clear] = useKept(`api-key.${slug}`, empty);
  const [attempted, setAttempted] = useState(false);
  const [made, setMade] = useState<{ name: string; apiKey: string } | null>(null);
  const { mutateAsync } = useIssuerChange<{ apiKey: string }>();
  const close = () => {
    clear();
    onClose();
  };
  if (made !== null) return <Made {...made} onClose={onClose} />;
  return (
    <Confirm
      title={texts.makeTitle}
      act={texts.makeAct}
      reason={false}
      onClose={close}
      onAct={async () => {
        setAttempted(true);
        if (name.trim() !== '' && scopes.length > 0) {
          const { apiKey } = await mutateAsync({ path: '/api-keys', body: { name: name.trim(), scopes } });
          clear();
          setMade({ name: name.trim(), apiKey });
        }
        return false;
      }}
    >
      <Text
        label={texts.name}
        help={texts.nameHelp}
        value={name}
        maxLength={100}
        onChange={(name) => setForm({ name, scopes })}
        fault={attempted && name.trim() === '' ? texts.nameMissing : undefined}
      />
      <fieldset className="choices">
        <legend>{texts.scopes}</legend>
        {attempted && scopes.length === 0 && (
          <p className="err" role="alert">
            {texts.scopesMissing}
          </p>
        )}
        {own.map((scope) => {
          const [label = '', help = ''] = texts.scope[scope];
          return (
            <Check
              key={scope}
              label={label}
              help={help}
              checked={scopes.includes(scope)}
              onChange={(checked) =>
                setForm({ name, scopes: checked ? [...scopes, scope] : scopes.filter((other) => other !== scope) })
              }
            />
          );
        })}
      </fieldset>
    </Confirm>
  );
}

function Made({ name, apiKey, onClose }: { name: string; apiKey: string; onClose(): void }) {
  const texts = useTexts();
  // In the dialog: what is behind it is neither read nor heard.
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(apiKey).then(
      () => setSaid(texts.copied),
      () => setSaid(texts.notCopied),
    );
  return (
    <Dialog
      title={texts.madeTitle}
      onClose={onClose}
      ends={
        <>
          <button type="button" className="btn" onClick={() => void copy()}>
            {texts.copy}
          </button>
          <button type="button" className="btn primary" onClick={onClose}>
            {texts.done}
          </button>
        </>
      }
    >
      <p>{texts.madeMeaning}</p>
      <div className="field">
        <label htmlFor="made-key">{fill(texts.madeLabel, { name })}</label>
        <input
          id="made-key"
          className="input secret"
          readOnly
          value={apiKey}
          dir="ltr"
          onFocus={(event) => event.target.select()}
        />
      </div>
      <p role="status">{said}</p>
    </Dialog>
  );
}
