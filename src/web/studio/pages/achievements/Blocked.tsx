import { Icon } from '../../../ui/Icon.tsx';
import { goTo } from './places.ts';
import { useTexts } from './texts.ts';

/** Instead of the list, while no credential can be built of what is written: what is in the way, each leading to its field. */
export function Blocked({
  faults: { places, rest },
}: {
  faults: { places: ReadonlyMap<string, string>; rest: string[] };
}) {
  const { check } = useTexts();
  return (
    <div className="card pad stack">
      <p role="status">
        <Icon name="failed" className="failed" /> {check.blocked}
      </p>
      <ul className="ruled">
        {[...places].map(([place, say]) => (
          <li key={place}>
            <p>{say}</p>
            <button type="button" className="btn plain" onClick={() => goTo(place)}>
              {check.toField}
              <span className="vh">: {say}</span>
            </button>
          </li>
        ))}
        {rest.map((say) => (
          <li key={say}>{say}</li>
        ))}
      </ul>
    </div>
  );
}
