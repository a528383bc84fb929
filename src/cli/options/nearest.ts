/** The known name with the fewest changed letters, where less than half of them change; null where none is near. */
export function nearestName(text: string, known: readonly string[]): string | null {
  const typed = text.slice(0, 40)
  let best: string | null = null
  let fewest = Infinity
  for (const name of known) {
    const changes = editDistance(typed, name)
    if (changes < fewest && changes <= 0.4 * Math.max(typed.length, name.length)) {
      best = name
      fewest = changes
    }
  }
  return best
}

/** Letters inserted, left out, replaced or swapped with the next (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    before = last
    last = row
  }
  return last[b.length]
}
