/** SVG path of a series, from its largest to its smallest value over the whole height. */
export function sparkline(values: readonly number[], width: number, height: number): string {
  const finite = values.filter(Number.isFinite)
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity)
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity)
  const span = high - low || 1
  const step = width / Math.max(1, values.length - 1)
  return values
    .flatMap((value, k) =>
      Number.isFinite(value)
        ? [`${(k * step).toFixed(1)} ${(1 + (height - 2) * (1 - (value - low) / span)).toFixed(1)}`]
        : [],
    )
    .map((point, k) => `${k === 0 ? 'M' : 'L'}${point}`)
    .join('')
}
