// The chart of growth: time for each credential, and heap, from ten to a hundred thousand. Readable on light and dark pages.

const width = 720;
const height = 300;
const left = 64;
const right = 64;
const top = 48;
const bottom = 52;
const time = '#1f6f8b';
const memory = '#b3541e';

export function growthChart(points, title) {
  const across = width - left - right;
  const x = (index) => left + (points.length === 1 ? across / 2 : (index / (points.length - 1)) * across);
  const most = niceCeiling(Math.max(...points.map(({ microseconds }) => microseconds)));
  const heapMost = 50;
  const y = (part) => top + (1 - part) * (height - top - bottom);
  const line = (values, color) =>
    `<polyline points="${values.map((part, index) => `${x(index).toFixed(1)},${y(part).toFixed(1)}`).join(' ')}" fill="none" stroke="${color}" stroke-width="2.5"/>` +
    values
      .map((part, index) => `<circle cx="${x(index).toFixed(1)}" cy="${y(part).toFixed(1)}" r="3.5" fill="${color}"/>`)
      .join('');
  const clamp = (part) => Math.min(1, Math.max(0, part));
  const grid = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (part) =>
        `<line x1="${left}" x2="${width - right}" y1="${y(part)}" y2="${y(part)}" stroke="#8a8a8a" stroke-opacity="0.3"/>` +
        `<text x="${left - 8}" y="${y(part) + 4}" text-anchor="end" fill="${time}">${Math.round(part * most)}</text>` +
        `<text x="${width - right + 8}" y="${y(part) + 4}" fill="${memory}">${Math.round(part * heapMost)}</text>`,
    )
    .join('\n');
  const labels = points
    .map(
      ({ count }, index) =>
        `<text x="${x(index).toFixed(1)}" y="${height - bottom + 22}" text-anchor="middle">${count.toLocaleString('en')}</text>`,
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="13" fill="#6b6b6b">
<text x="${left}" y="24" fill="${time}" font-weight="600">Issue and verify one credential, µs</text>
<text x="${width - right}" y="24" text-anchor="end" fill="${memory}" font-weight="600">Heap above the start, MB</text>
${grid}
${labels}
<text x="${width / 2}" y="${height - 8}" text-anchor="middle">credentials issued and verified in one process</text>
${line(
  points.map(({ microseconds }) => microseconds / most),
  time,
)}
${line(
  points.map(({ heap }) => clamp(heap / heapMost)),
  memory,
)}
</svg>
`;
}

function niceCeiling(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.ceil((value * 1.15) / (unit / 2)) * (unit / 2);
}
