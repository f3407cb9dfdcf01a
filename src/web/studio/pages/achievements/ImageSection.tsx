import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { isJsonObject } from '../../../../core/json/json.ts';
import { askJson } from '../../../api.ts';
import { chooseFile } from '../../../ui/choose-file.ts';
import { useIssuer } from '../../issuer.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useDesignerTexts } from './designer/texts.ts';
import { usePlace } from './editing.ts';
import { TextAt } from './fields.tsx';
import { anchors } from './places.ts';
import { useTexts } from './texts.ts';

/** The picture of the achievement, with its words. */
export function ImageSection() {
  const texts = useTexts();
  const toast = useToast();
  const designer = useDesignerTexts();
  const { slug } = useIssuer();
  const { id } = useParams({ strict: false });
  const { value, write, fault } = usePlace('/image');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const image = isJsonObject(value) ? value : null;
  const address = String(image?.id ?? (typeof value === 'string' ? value : ''));
  const take = async (file: File) => {
    setBusy(true);
    setError(null);
    try {
      const { id } = await askJson<{ id: string }>(`/api/issuers/${slug}/images`, { method: 'POST', body: file });
      write((before) => ({ ...(isJsonObject(before) ? before : {}), id, type: 'Image' }));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  return (
    <section className="card pad fs" aria-labelledby="image">
      <h2 id="image">{texts.sections.image}</h2>
      {address === '' ? (
        <p className="small">{texts.image.none}</p>
      ) : (
        <img className="picture" src={shownFrom(address)} alt={String(image?.caption ?? texts.image.now)} />
      )}
      {fault !== undefined && <p className="small failed">{fault}</p>}
      <div>
        <div className="row">
          <button
            type="button"
            className="btn"
            id={anchors['/image']}
            aria-disabled={busy}
            aria-describedby="image-formats"
            onClick={() => busy || chooseFile('image/png,image/jpeg,image/svg+xml', (file) => void take(file))}
          >
            {address === '' ? texts.image.upload : texts.image.replace}
          </button>
          <IssuerLink className="btn" to={`/achievements/${id}/image`}>
            {designer.open}
          </IssuerLink>
          {address !== '' && (
            <button
              type="button"
              className="btn plain"
              onClick={() => {
                write(undefined);
                toast(texts.image.removed, () => write(value));
              }}
            >
              {texts.image.remove}
            </button>
          )}
        </div>
        <p className="small muted" id="image-formats" role="status">
          {busy ? texts.image.taking : texts.image.formats}
        </p>
      </div>
      {error !== null && <Problem error={error} />}
      {image !== null && <TextAt pointer="/image/caption" words={texts.fields.caption} />}
    </section>
  );
}

/** Pictures of this instance are asked of it, under whatever name it is reached. */
function shownFrom(address: string): string {
  const [, path] = /^https?:\/\/[^/]+(\/images\/[0-9a-f]{64}\.(?:png|jpg|svg))$/.exec(address) ?? [];
  return path ?? address;
}
