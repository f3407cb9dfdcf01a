import { fill, formatNumber } from '../../../../texts/language.ts';
import { Icon } from '../../../../ui/Icon.tsx';
import { contrastOf, readableInk } from './contrast.ts';
import type { BadgeDesign } from './draw-badge.ts';
import { useDesignerTexts } from './texts.ts';

const needed = { word: 4.5, symbol: 3 };
/** Rounded down: what is not enough never reads as if it were. */
const shownRatio = (ratio: number) => formatNumber(Math.floor(ratio * 10) / 10);

/** The file itself, at the sizes and on the grounds where it will stand, and what was measured of it. */
export function Looks({ design, file, caption }: { design: BadgeDesign; file: string; caption: string }) {
  const texts = useDesignerTexts();
  const ratio = contrastOf(design.ink, design.ground);
  const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(file)}`;
  const rows = [
    ...(design.word === ''
      ? []
      : [
          { label: texts.wordOn, isGood: ratio >= needed.word, value: fill(texts.ratio, { ratio: shownRatio(ratio) }) },
        ]),
    {
      label: texts.symbolOn,
      isGood: ratio >= needed.symbol,
      value: fill(texts.ratio, { ratio: shownRatio(ratio) }),
    },
    {
      label: texts.captionState,
      isGood: caption.trim() !== '',
      value: caption.trim() === '' ? texts.missing : texts.present,
    },
    { label: texts.file, isGood: true, value: fill(texts.size, { bytes: new Blob([file]).size }) },
  ];
  return (
    <>
      <div className="stage">
        <img src={address} alt={caption} />
      </div>
      <ul className="small-looks">
        {(['', 's', 'k', 'gr'] as const).map((kind, index) => (
          <li key={kind}>
            <div className={`b ${kind}`}>
              <img src={address} alt="" />
            </div>
            {texts.looks[index]}
          </li>
        ))}
      </ul>
      <ul className="meas">
        {rows.map(({ label, isGood, value }) => (
          <li key={label}>
            <Icon name={isGood ? 'passed' : 'unsure'} className={isGood ? 'passed' : 'unsure'} />
            <span>{label}</span>
            <b className="num">{value}</b>
          </li>
        ))}
      </ul>
      {design.word !== '' && <p className="small muted">{texts.small}</p>}
    </>
  );
}

/** Says when word or symbol is hard to read, and offers what can be read. */
export function Contrast({
  design,
  onInk,
  onNoWord,
}: {
  design: BadgeDesign;
  onInk(ink: string): void;
  onNoWord(): void;
}) {
  const texts = useDesignerTexts();
  const ratio = contrastOf(design.ink, design.ground);
  const isUnseen = ratio < needed.symbol;
  const isHard = design.word !== '' && ratio < needed.word;
  const wanted = design.word === '' ? needed.symbol : needed.word;
  const better = isUnseen || isHard ? readableInk(design.ink, design.ground, wanted) : null;
  return (
    <div role="status">
      {(isUnseen || isHard) && (
        <div className={isUnseen ? 'note failed' : 'note unsure'}>
          <Icon name={isUnseen ? 'failed' : 'unsure'} className={isUnseen ? 'failed' : 'unsure'} />
          <div className="fs">
            <p>
              <b>{fill(isUnseen ? texts.unseen : texts.hard, { ratio: shownRatio(ratio) })}</b>{' '}
              {isUnseen ? texts.unseenMeaning : texts.hardMeaning}
            </p>
            <div className="row">
              {better !== null && (
                <button type="button" className="btn" onClick={() => onInk(better)}>
                  {fill(texts.useInk, { colour: better, ratio: shownRatio(contrastOf(better, design.ground)) })}
                </button>
              )}
              {isHard && !isUnseen && (
                <button type="button" className="btn plain" onClick={onNoWord}>
                  {texts.leaveOut}
                </button>
              )}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
