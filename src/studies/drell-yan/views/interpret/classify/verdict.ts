import type { ClassReport, NoneScores } from '../../../analysis/classification/evaluate.ts'
import type { SpectrumAnswer } from '../../../analysis/classification/classify.ts'
import type { Gallery } from '../../../analysis/classification/gallery.ts'
import type { Subject } from '../../../state/subject.ts'
import type { Tone } from '../../../../../ui/common/Badge.tsx'
import { formatNumber, formatPercent } from '../../../../../ui/common/format.ts'

export interface ClassVerdict {
  badges: { text: string; tone: Tone; title: string }[]
  text: string
  /** The text quotes rates that the report on the page has measured. */
  measured: boolean
}

export const universeName = (universe: number): string =>
  universe === 0 ? 'Standard Model' : `Universe ${universe}`

/** What is known of the subject without any test: a class, none of them, or nobody knows. */
export type Truth = { kind: 'class'; universe: number } | { kind: 'none' } | { kind: 'unknown' }

/** Squared distance below which two spectra without noise are the same but for the rounding of float32. */
const same = 1e-4

export function truthOf({ bare, shape }: Subject, { universes, means }: Gallery): Truth {
  if (bare.kind === 'measurement' || bare.kind === 'dropped') return { kind: 'unknown' }
  if (shape && shape.strength !== 0) return { kind: 'none' }
  if (bare.kind === 'live') {
    const bins = bare.whitened.length
    const at = universes.findIndex(
      (_, k) => bare.whitened.reduce((sum, x, b) => sum + (x - means[k * bins + b]) ** 2, 0) < same,
    )
    return at < 0 ? { kind: 'none' } : { kind: 'class', universe: universes[at] }
  }
  const { universe } = bare
  return universe !== undefined && universes.includes(universe)
    ? { kind: 'class', universe }
    : { kind: 'none' }
}

/** The row of the report that is most like the subject. */
export function kindOf(
  { shape, coefficients }: Pick<Subject, 'shape' | 'coefficients'>,
  halfWidth: ArrayLike<number>,
): NoneScores['kind'] {
  if (shape) return shape.kind
  return coefficients?.some((c, o) => Math.abs(c) > halfWidth[o]) ? 'outside-box' : 'held-out universes'
}

const kindWords: Record<NoneScores['kind'], string> = {
  'held-out universes': 'universes of the prior that are none of the classes',
  'outside-box': 'universes with coefficients beyond the prior',
  resonance: 'resonances of 8 to 60 units of noise',
  kink: 'kinks of 8 to 60 units of noise',
  slope: 'slopes of 8 to 60 units of noise',
}

/**
 * What was tested and how often it would notice. A spectrum that no test rejects is compatible with some classes; that
 * it is one of them, no test says.
 *
 * @param report  null as long as it is being measured
 */
export function classVerdict(
  answer: SpectrumAnswer,
  subject: Subject,
  gallery: Gallery,
  halfWidth: ArrayLike<number>,
  report: ClassReport | null,
): ClassVerdict {
  const { none, nearest, compatible, classes } = answer
  const level = formatPercent(none.falseAlarms)
  const noticed = none.decided || nearest.decided
  const badges: ClassVerdict['badges'] = []
  if (none.decided)
    badges.push({
      text: 'none of these',
      tone: 'warn',
      title: `${none.scoreName} ${formatNumber(none.score)} is above the threshold ${formatNumber(none.threshold)}`,
    })
  if (nearest.decided)
    badges.push({
      text: 'χ² test: none fits',
      tone: 'warn',
      title: `χ² of the nearest class, p = ${formatNumber(nearest.pValue, 2)}`,
    })
  if (!noticed)
    badges.push({
      text: `compatible with ${compatible} of ${classes.length} known universes`,
      tone: 'plain',
      title: `χ² test of each at ${level} false alarms`,
    })

  const row = report?.none.find(({ kind }) => kind === kindOf(subject, halfWidth))
  const rate = ({ value, error }: NoneScores['chi2']['caught']) =>
    `${formatPercent(value, 3)} ± ${formatPercent(error, 2)}`
  const sentences = [
    `Tested at ${level} false alarms: the network’s own score (${none.scoreName}) ${none.decided ? 'says none of these' : 'notices nothing'}; χ² rejects ${classes.length - compatible} of the ${classes.length} known universes and leaves ${compatible}.`,
  ]
  if (!noticed) sentences.push('That it is one of them, no test says.')
  if (row)
    sentences.push(
      `Of ${kindWords[row.kind]}, the score notices ${rate(row.learned.caught)}, χ² ${rate(row.chi2.caught)} (${row.spectra} spectra).`,
    )
  else if (!report) sentences.push('How often the tests would notice another universe is being measured.')
  if (nearest.power !== null)
    sentences.push(
      `A measurement of this very spectrum would be noticed by χ² in at most ${formatPercent(nearest.power, 3)} of cases (noncentral χ², nearest ${universeName(nearest.universe)}).`,
    )
  const truth = truthOf(subject, gallery)
  if (truth.kind === 'class')
    sentences.push(`In truth it is ${universeName(truth.universe)}, one of the classes.`)
  if (truth.kind === 'none') sentences.push('In truth it is none of the classes.')
  return { badges, text: sentences.join(' '), measured: row !== undefined }
}
