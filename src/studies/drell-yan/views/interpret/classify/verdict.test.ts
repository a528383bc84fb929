import { describe, expect, it } from 'vitest'
import type { SpectrumAnswer } from '../../../analysis/classification/classify.ts'
import type { ClassReport } from '../../../analysis/classification/evaluate.ts'
import { gallery, galleryUniverses } from '../../../analysis/classification/gallery.ts'
import type { Focus } from '../../../intent.ts'
import { drawnSubject, liveSubject, pickedSubject } from '../../../state/subject.ts'
import { allRows, opened, smallIntent } from '../../../../../testing/small-app.ts'
import { smallCorpus } from '../../../../../testing/small-universes.ts'
import { classVerdict, kindOf, truthOf } from './verdict.ts'

const corpus = await smallCorpus()
const open = opened(corpus)
const { halfWidth } = open.header.universeModel.prior
const known = gallery(open.header, galleryUniverses(open.header, 4))
const outside = Array.from({ length: open.header.table.count }, (_, u) => u).find(
  (u) => !known.universes.includes(u),
)
const bump = { kind: 'resonance', massGeV: 150, widthGeV: 30, strength: 0.5 } as const
const at = (focus: Focus, shape: typeof bump | null = null, intent = smallIntent) => {
  const picked = pickedSubject(open, allRows(corpus), focus, intent.replicaSeed)
  return drawnSubject(open, picked ?? liveSubject(open, intent), shape, null)
}

const answer = {
  classes: Array.from({ length: 100 }),
  none: { scoreName: 'knowledge uncertainty', score: 1, threshold: 2, falseAlarms: 0.01, decided: false },
  compatible: 3,
  nearest: { universe: 12, chi2: 80, degreesOfFreedom: 71, pValue: 0.2, decided: false, power: 0.123 },
} as unknown as SpectrumAnswer
const rates = (learned: number, chi2: number) => ({
  spectra: 400,
  learned: { auroc: { value: 0.8, error: 0.02 }, caught: { value: learned, error: 0.021 } },
  chi2: { auroc: { value: 0.8, error: 0.02 }, caught: { value: chi2, error: 0.02 } },
})
const report = {
  none: [
    { kind: 'held-out universes', ...rates(0.237, 0.22) },
    { kind: 'resonance', ...rates(0.93, 0.998) },
  ],
} as ClassReport

describe('the verdict', () => {
  const live = at({ kind: 'live' }, null, { ...smallIntent, coefficients: { clq3: 0.001 } })

  it('never says more than was tested, and how often the tests would notice', () => {
    const verdict = classVerdict(answer, live, known, halfWidth, report)
    expect(verdict.badges).toMatchObject([
      { text: 'compatible with 3 of 100 known universes', tone: 'plain' },
    ])
    expect(verdict.text).toBe(
      'Tested at 1.0 % false alarms: the network’s own score (knowledge uncertainty) notices nothing; χ² rejects 97 of the 100 known universes and leaves 3. That it is one of them, no test says. Of universes of the prior that are none of the classes, the score notices 23.7 % ± 2.1 %, χ² 22.0 % ± 2.0 % (400 spectra). A measurement of this very spectrum would be noticed by χ² in at most 12.3 % of cases (noncentral χ², nearest Universe 12). In truth it is none of the classes.'.replaceAll(
        ' %',
        '\u202f%',
      ),
    )
    expect(verdict.measured).toBe(true)
  })

  it('quotes the rate of the kind that the subject is', () => {
    expect(classVerdict(answer, at({ kind: 'live' }, bump), known, halfWidth, report).text).toContain(
      'Of resonances of 8 to 60 units of noise, the score notices 93.0\u202f%',
    )
    expect(kindOf(live, halfWidth)).toBe('held-out universes')
    const far = Float64Array.from(halfWidth, (h) => 1.1 * h)
    expect(kindOf({ shape: null, coefficients: far }, halfWidth)).toBe('outside-box')
  })

  it('says that rates are on their way', () => {
    const verdict = classVerdict(answer, live, known, halfWidth, null)
    expect(verdict.measured).toBe(false)
    expect(verdict.text).toContain('is being measured')
  })

  it('warns where a test notices', () => {
    const noticed = { ...answer, nearest: { ...answer.nearest, decided: true }, compatible: 0 }
    const { badges, text } = classVerdict(noticed, live, known, halfWidth, report)
    expect(badges).toMatchObject([{ text: 'χ² test: none fits', tone: 'warn' }])
    expect(text).not.toContain('no test says')
    const both = { ...noticed, none: { ...answer.none, decided: true } }
    expect(classVerdict(both, live, known, halfWidth, report).badges).toHaveLength(2)
  })
})

describe('what is known without a test', () => {
  it('is the class of a universe, of its replicas and of sliders that stand on it', () => {
    const [sm, other] = known.universes
    expect(truthOf(at({ kind: 'universe', id: other }), known)).toEqual({ kind: 'class', universe: other })
    expect(truthOf(at({ kind: 'live' }), known)).toEqual({ kind: 'class', universe: sm })
  })
  it('is none for other universes and for whatever carries a shape', () => {
    expect(truthOf(at({ kind: 'universe', id: outside ?? -1 }), known)).toEqual({ kind: 'none' })
    expect(truthOf(at({ kind: 'live' }, bump), known)).toEqual({ kind: 'none' })
  })
  it('is nothing for a measurement', () => {
    const subject = at({ kind: 'live' })
    const measured = { ...subject, bare: { ...subject.bare, kind: 'measurement' as const } }
    expect(truthOf(measured, known)).toEqual({ kind: 'unknown' })
  })
})
