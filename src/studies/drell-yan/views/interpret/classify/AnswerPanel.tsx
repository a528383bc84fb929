import type { SpectrumAnswer } from '../../../analysis/classification/classify.ts'
import { Badge } from '../../../../../ui/common/Badge.tsx'
import { formatNumber, formatPercent } from '../../../../../ui/common/format.ts'
import { ClassList } from './ClassList.tsx'
import { showNoneTable } from './none-table.ts'
import { UncertaintyMeters } from './UncertaintyMeters.tsx'
import { universeName, type ClassVerdict } from './verdict.ts'

/** Universes of a set that are named. */
const named = 12

interface AnswerPanelProps {
  answer: SpectrumAnswer
  verdict: ClassVerdict
  noisy: boolean
}

/** What the classifier, and beside it the Bayes posterior, make of the subject. */
export function AnswerPanel({ answer, verdict, noisy }: AnswerPanelProps) {
  const { classes, none, nearest, sets } = answer
  return (
    <section className="stack" aria-label="Answer">
      <div className="card-title">
        <h3>Which universe is it?</h3>
        {verdict.badges.map(({ text, tone, title }) => (
          <Badge key={text} tone={tone} title={title}>
            {text}
          </Badge>
        ))}
      </div>
      <p className="small" role="status" data-testid="class-verdict">
        {verdict.text}{' '}
        {verdict.measured && (
          <button type="button" className="button button-quiet" onClick={showNoneTable}>
            Where this is measured
          </button>
        )}
      </p>
      <ClassList classes={classes} learned />
      <dl className="facts small">
        <dt>{formatPercent(sets.level)} set (LAC)</dt>
        <dd>{setText(sets.lac)}</dd>
        <dt>{formatPercent(sets.level)} set (APS, randomised)</dt>
        <dd>{setText(sets.aps)}</dd>
        <dt>&ldquo;None of these&rdquo;: {none.scoreName}</dt>
        <dd>
          {formatNumber(none.score)}, threshold {formatNumber(none.threshold)}
        </dd>
        <dt>Nearest class, {universeName(nearest.universe)}: goodness of fit</dt>
        <dd>
          χ² = {formatNumber(nearest.chi2)} / {nearest.degreesOfFreedom} (p ={' '}
          {formatNumber(nearest.pValue, 2)})
        </dd>
      </dl>
      <UncertaintyMeters answer={answer} />
      <p className="small soft">
        Learned probabilities are temperature-scaled. Sets hold the true class of {formatPercent(sets.level)}{' '}
        of all spectra of these classes, whatever the network is worth; they say nothing about spectra of
        other universes. The thresholds of &ldquo;none of these&rdquo; call {formatPercent(none.falseAlarms)}{' '}
        of the classes&rsquo; own spectra so.
        {!noisy && ' This spectrum carries no noise: χ² and p are those of its average measurement.'}
      </p>
    </section>
  )
}

function setText(universes: readonly number[]): string {
  if (universes.length === 0) return 'empty: no class is probable enough'
  const list = universes.slice(0, named).map((u) => (u === 0 ? 'SM' : String(u)))
  const more = universes.length > named ? ` and ${universes.length - named} more` : ''
  return `${universes.length === 1 ? '1 universe' : `${universes.length} universes`}: ${list.join(', ')}${more}`
}
