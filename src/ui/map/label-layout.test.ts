import { describe, expect, it } from 'vitest'

import { labelLayout } from './label-layout.ts'

describe('labelLayout', () => {
  it('leaves plain text alone', () => {
    for (const text of ['CMS 13 TeV', 'my_file_v2.csv', 'a_b.csv, row 0', `C_${'x'.repeat(80)}`])
      expect(labelLayout(text).runs.map((run) => run.text)).toEqual([text])
  })

  it('stacks the scripts of a coefficient and sets its value after both', () => {
    const { runs, width } = labelLayout('C_φl⁽³⁾ = 0.2')
    expect(runs.map((run) => run.text)).toEqual(['C', '(3)', 'φl', '= 0.2'])
    const [base, sup, sub, rest] = runs
    expect(sup.y).toBeLessThan(0)
    expect(sub.y).toBeGreaterThan(0)
    expect(Math.abs(sup.x - sub.x)).toBeLessThan(2)
    expect(sub.x).toBeGreaterThan(base.x)
    expect(rest.x).toBeGreaterThan(sub.x + 10)
    expect(width).toBeGreaterThan(rest.x)
  })
})
