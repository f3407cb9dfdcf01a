import { Icon } from '../../../ui/Icon.tsx';
import { useTexts } from './texts.ts';

/** Where somebody is on the way from a file to credentials. */
export function Steps({ current }: { current: 0 | 1 | 2 | 3 }) {
  const texts = useTexts();
  return (
    <ol className="steps" aria-label={texts.steps}>
      {texts.stepNames.map((name, index) => (
        <li key={name} aria-current={index === current ? 'step' : undefined}>
          {index < current ? (
            <Icon name="passed" className="passed" />
          ) : (
            <span className={index === current ? 'n' : 'n o'} aria-hidden="true" />
          )}
          <span>
            {index + 1}. {name}
          </span>
        </li>
      ))}
    </ol>
  );
}
