/** One icon of the sprite; words always stand beside it. */
export function Icon({ name, className = 'ico' }: { name: string; className?: string }) {
  return (
    <svg className={className} viewBox="0 0 24 24" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
