import { describe, expect, it } from 'vitest'
import '../../../testing/matchers.ts'
import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from '../../../generator/decay.ts'
import { dileptonSelection } from '../../../generator/detector.ts'
import { createRng } from '../../../numerics/rng.ts'
import { importLhe, type LheRequest } from './import-lhe.ts'

const ids = [-11, 12, 5, 13, -14, -5]

/** A file of events whose weight is 2 (1 + 0.5 c + 0.25 c^2). */
function file(count: number): string {
  const rng = createRng(3)
  const angles = createDecayAngles()
  const p = new Float64Array(momentumCount)
  const events = Array.from({ length: count }, () => {
    drawDecay(rng, 172.5, 80.4, angles)
    placeMomenta({ mTop: 172.5, mW: 80.4, mtt: 600, y: 0, c: 0.1 }, angles, p)
    const lines = ids.map(
      (id, k) => `${id} 1 1 2 0 0 ${p.slice(4 * k + 1, 4 * k + 4).join(' ')} ${p[4 * k]} 0 0 1`,
    )
    const weights = [0, 2, -2].map((c) => `<wgt id="c=${c}">${2 * (1 + 0.5 * c + 0.25 * c * c)}</wgt>`)
    return `<event>\n6 0 2 91 0.0078 0.118\n${lines.join('\n')}\n<rwgt>${weights.join('\n')}</rwgt>\n</event>\n`
  })
  return `<LesHouchesEvents version="3.0">\n${events.join('')}</LesHouchesEvents>`
}

const request: LheRequest = {
  name: 'x.lhe',
  observables: ['m_tt', 'm_ll'],
  rng: createRng(1),
  benchmarks: { operators: ['td8'], points: { 'c=0': [0], 'c=2': [2], 'c=-2': [-2] } },
}

async function run(text: string, changes: Partial<LheRequest> = {}) {
  const pieces = text.match(/[\s\S]{1,5000}/g)!
  const steps = importLhe(pieces, { ...request, ...changes })
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}

describe('import of Les Houches events', () => {
  it('turns benchmark weights into polynomials whose sum is the cross-section', async () => {
    const { table } = await run(file(40))
    expect(table).toMatchObject({ operators: ['td8'], terms: 3, rows: 40, points: 40 })
    const sum = (t: number) => table.weights.reduce((s, w, k) => (k % 3 === t ? s + w : s), 0)
    expect(sum(0)).toBeCloseToRel(2, 1e-12)
    expect(sum(1)).toBeCloseToRel(1, 1e-12)
    expect(sum(2)).toBeCloseToRel(0.5, 1e-12)
    expect(table.columns.m_tt![7]).toBeCloseTo(600, 2)
  })

  it('keeps the normalisation under cuts', async () => {
    const { table } = await run(file(60), { benchmarks: null, selection: dileptonSelection })
    expect(table.operators).toEqual([])
    expect(table.rows).toBeLessThan(60)
    for (const w of table.weights) expect(w).toBeCloseToRel(2 / 60, 1e-12)
  })

  it('reads the coefficients off the names of the weights where they tell them', async () => {
    const named = file(20).replaceAll('id="c=', 'id="td8=')
    const { table, nominalPb } = await run(named, { benchmarks: 'by-name' })
    expect(table.operators).toEqual(['td8'])
    expect(table.weights[1] / table.weights[0]).toBeCloseToRel(0.5, 1e-12)
    expect(nominalPb.reduce((sum, w) => sum + w, 0)).toBeCloseToRel(2, 1e-12)
    expect((await run(file(20), { benchmarks: 'by-name' })).table.operators).toEqual([])
  })

  it('takes the cross-section from <init> where the weights are unit weights', async () => {
    const init = '<init>\n2212 2212 6500 6500 0 0 1 1 -3 1\n7.5 0.1 1 1\n</init>\n'
    const whole = file(30).replace('<event>', `${init}<event>`)
    const { table, nominalPb } = await run(whole)
    expect(nominalPb.reduce((sum, w) => sum + w, 0)).toBeCloseToRel(7.5, 1e-12)
    expect(table.weights[0]).toBeCloseToRel(7.5 / 30, 1e-12)
    await expect(run(whole.replace('\n7.5 ', '\n0 '))).rejects.toThrow(/IDWTUP = -3, a cross-section of 0 pb/)
  })

  it('names a weight that the file does not have and a selection that leaves nothing', async () => {
    const points = { 'c=0': [0], 'c=2': [2], 'c=9': [9] }
    await expect(run(file(2), { benchmarks: { operators: ['td8'], points } })).rejects.toThrow(
      /no weight c=9; it has c=0, c=2, c=-2/,
    )
    const impossible = { ...dileptonSelection, ptLeading: 1e6 }
    await expect(run(file(3), { selection: impossible })).rejects.toThrow(/none of its 3 events/)
    await expect(run(file(0))).rejects.toThrow(/holds no events/)
    await expect(run(file(2).replace('6 0 2 91', '6 0 -2 91'), { benchmarks: null })).rejects.toThrow(
      /event 1 \(line 2\) has the weight -1 pb/,
    )
  })

  describe('with damaged events', () => {
    const lines = file(300).split('\n')
    const momentumLine = lines.findIndex((line, i) => i > 200 && line.startsWith('13 '))
    const eventLine = lines.lastIndexOf('<event>', momentumLine) + 1
    const event = lines.slice(0, momentumLine).filter((line) => line === '<event>').length
    /** The file with other words on some lines. */
    const changed = (changes: Record<number, (line: string) => string>) =>
      lines.map((line, i) => (i in changes ? changes[i](line) : line)).join('\n')
    const px = (value: string) => (line: string) => line.split(' ').with(6, value).join(' ')

    it.each(['1e200', 'NaN', 'inf', '****', '1.0D+99', '0.12+100', '1e400'])(
      'leaves out one of 300 whose momentum is %s, and tells it',
      async (value) => {
        const { table, nominalPb, leftOut, notes } = await run(changed({ [momentumLine]: px(value) }))
        expect(leftOut).toBe(1)
        expect(table).toMatchObject({ rows: 299, points: 300 })
        expect(notes).toHaveLength(1)
        expect(notes[0]).toMatch(
          new RegExp(
            `^1 of 300 events is damaged and left out \\(event ${event} \\(line ${eventLine}\\): px of the`,
          ),
        )
        // What is left still adds up to the cross-section of the file.
        expect(nominalPb.reduce((sum, w) => sum + w, 0)).toBeCloseToRel(2, 1e-12)
        for (const value of table.columns.m_tt!) expect(value).toBeCloseTo(600, 2)
      },
    )

    it('refuses a file with more than one in a hundred, and tells the first three', async () => {
      const bad = lines.flatMap((line, i) => (line.startsWith('13 ') ? [i] : [])).slice(0, 4)
      const text = changed(Object.fromEntries(bad.map((i) => [i, px('1e200')])))
      await expect(run(text)).rejects.toThrow(
        /^x\.lhe: 4 of 300 events are damaged, at most 1 % are left out \(event 1 .*; event 2 .*; event 3 .*; and 1 more\)/,
      )
    })

    it('leaves out a momentum along the beam where an angle is asked for', async () => {
      const along = changed({ [momentumLine]: (line) => line.split(' ').with(6, '0').with(7, '0').join(' ') })
      expect((await run(along)).leftOut).toBe(0)
      const { leftOut, notes } = await run(along, { observables: ['m_tt', 'eta_l1'] })
      expect(leftOut).toBe(1)
      expect(notes[0]).toMatch(/pt_l1 is 0, along the beam eta_l1 has no value/)
    })

    it('refuses weights that no cross-section can have, with event and line', async () => {
      const heads = lines.flatMap((line, i) => (line.startsWith('6 0 2 91') ? [i] : []))
      const where = new RegExp(`event 3 \\(line ${heads[2]}\\): the weight XWGTUP is (1e\\+31|Infinity) pb`)
      for (const weight of ['1e31', 'inf'])
        await expect(run(changed({ [heads[2]]: (l) => l.replace(' 2 ', ` ${weight} `) }))).rejects.toThrow(
          where,
        )
      const nan = await run(changed({ [heads[2]]: (l) => l.replace(' 2 ', ' NaN ') }))
      expect(nan.notes[0]).toMatch(/event 3 .*: a weight is NaN/)
      // Of the named weights only those count that are used.
      const named = lines.findIndex((line) => line.includes('id="c=2"'))
      const huge = changed({ [named]: (l) => l.replace(/>\d[^<]*</, '>-1e300<') })
      await expect(run(huge)).rejects.toThrow(/event 1 \(line 2\): the weight number 2 is -1e\+300 pb/)
      expect((await run(huge, { benchmarks: null })).table.rows).toBe(300)
    })

    it('refuses sums that overflow', async () => {
      const close = {
        operators: ['td8' as const],
        points: { 'c=0': [0], 'c=2': [2e-160], 'c=-2': [-2e-160] },
      }
      await expect(run(file(3), { benchmarks: close })).rejects.toThrow(
        /event 1 \(line 2\)|not.*benchmark|singular/i,
      )
    })
  })
})
