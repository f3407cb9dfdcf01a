import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { askJson } from '../../../../api.ts';
import { fill } from '../../../../texts/language.ts';
import { saveFile } from '../../../../ui/save-file.ts';
import { useIssuer } from '../../../issuer.ts';
import { useKept } from '../../../kept.ts';
import { useIssuerQuery } from '../../../queries.ts';
import { Text } from '../../../ui/Field.tsx';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { useToast } from '../../../ui/Toasts.tsx';
import '../author.css';
import { type Achievement, useDraft, type Version } from '../draft.ts';
import { useTexts } from '../texts.ts';
import { Contrast, Looks } from './Looks.tsx';
import './designer.css';
import { isColour } from './contrast.ts';
import {
  type BadgeDesign,
  drawBadge,
  grounds,
  inks,
  maximumWord,
  type Shape,
  shapes,
  symbolNames,
  symbols,
} from './draw-badge.ts';
import { Colours, Tiles } from './Tiles.tsx';
import { useDesignerTexts } from './texts.ts';

/** Make the picture of an achievement out of few parts. */
export function Page() {
  const { head } = useTexts();
  const { id } = useParams({ strict: false });
  const found = useIssuerQuery<Achievement>(`/achievements/${id}`);
  return (
    <Loaded query={found} what={head.what} rows={8}>
      {({ versions }) => <Designer latest={versions.at(-1) as Version} />}
    </Loaded>
  );
}

type Kept = BadgeDesign & { caption: string | null };
const start: Kept = {
  shape: 'tablet',
  symbol: 'waves',
  ground: grounds[0],
  ink: '#FFFFFF',
  word: '',
  caption: null,
};

function Designer({ latest }: { latest: Version }) {
  const texts = useDesignerTexts();
  const { list } = useTexts();
  const { slug } = useIssuer();
  const navigate = useNavigate();
  const toast = useToast();
  const { draft, change } = useDraft(latest);
  const [design, keep] = useKept<Kept>(`badge.${slug}.${latest.id}`, start);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const put = (part: Partial<Kept>) => keep({ ...design, ...part });
  const name = String(draft.achievement.name ?? '') || list.unnamed;
  const own = fill(design.word === '' ? texts.captionOf : texts.captionWith, {
    symbol: texts.symbols[design.symbol],
    shape: texts.shapes[design.shape],
    word: design.word,
  });
  // Until the author writes one, it says what is drawn.
  const caption = design.caption ?? own;
  const shown = {
    ...design,
    ground: isColour(design.ground) ? design.ground : start.ground,
    ink: isColour(design.ink) ? design.ink : start.ink,
  };
  const file = drawBadge(shown, caption);
  const use = async () => {
    if (busy || caption.trim() === '') return;
    setBusy(true);
    setError(null);
    try {
      const { id } = await askJson<{ id: string }>(`/api/issuers/${slug}/images`, {
        method: 'POST',
        body: new Blob([file], { type: 'image/svg+xml' }),
      });
      const image = { id, type: 'Image', caption: caption.trim() };
      change((before) => ({ ...before, achievement: { ...before.achievement, image } }));
      toast(texts.used);
      await navigate({ to: `/${slug}/achievements/${latest.id}` });
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };
  const [wordLabel = '', wordHelp] = texts.word;
  const [captionLabel = '', captionHelp] = texts.caption;
  return (
    <>
      <PageHead
        title={texts.title}
        within={name}
        kicker={fill(texts.within, { name })}
        actions={
          <IssuerLink className="btn" to={`/achievements/${latest.id}`}>
            {texts.back}
          </IssuerLink>
        }
      />
      <div className="author-cols">
        <div className="card pad designer">
          <Tiles
            legend={texts.shape}
            help={texts.shapeHelp}
            value={design.shape}
            onChange={(shape) => put({ shape })}
            tiles={(Object.keys(shapes) as Shape[]).map((shape) => ({
              value: shape,
              label: texts.shapes[shape],
              drawing: (
                <svg viewBox="0 0 200 200" aria-hidden="true">
                  <path d={shapes[shape]} />
                </svg>
              ),
            }))}
          />
          <Tiles
            legend={texts.symbol}
            value={design.symbol}
            onChange={(symbol) => put({ symbol })}
            tiles={symbolNames.map((symbol) => ({
              value: symbol,
              label: texts.symbols[symbol],
              drawing: (
                <svg viewBox="40 34 120 120" aria-hidden="true" className={symbols[symbol]?.line ? 'drawn' : undefined}>
                  <path d={symbols[symbol]?.path} strokeWidth={symbols[symbol]?.line} strokeLinecap="round" />
                </svg>
              ),
            }))}
          />
          <h2>{texts.colours}</h2>
          <Colours
            legend={texts.ground}
            value={design.ground}
            colours={grounds}
            names={texts.grounds}
            onChange={(ground) => put({ ground })}
          />
          <Colours
            legend={texts.ink}
            value={design.ink}
            colours={inks}
            names={texts.inks}
            onChange={(ink) => put({ ink })}
          />
          <Contrast design={shown} onInk={(ink) => put({ ink })} onNoWord={() => put({ word: '' })} />
          <h2>{texts.words}</h2>
          <Text
            label={wordLabel}
            help={wordHelp}
            value={design.word}
            maxLength={maximumWord}
            onChange={(word) => put({ word })}
          />
          <Text
            label={captionLabel}
            help={captionHelp}
            value={caption}
            maxLength={300}
            fault={caption.trim() === '' ? texts.captionMissing : undefined}
            onChange={(text) => put({ caption: text })}
          />
        </div>
        <aside className="card pad fs look" aria-label={texts.preview}>
          <h2>{texts.preview}</h2>
          <Looks design={shown} file={file} caption={caption} />
          <button
            type="button"
            className="btn primary wide"
            aria-disabled={busy || caption.trim() === ''}
            onClick={() => void use()}
          >
            {texts.use}
          </button>
          <button type="button" className="btn wide" onClick={() => saveFile('badge.svg', file, 'image/svg+xml')}>
            {texts.download}
          </button>
          {error !== null && <Problem error={error} />}
        </aside>
      </div>
    </>
  );
}
