import { useMemo } from 'react'
import { bayesAnswer } from '../../../analysis/classification/bayes-answer.ts'
import { noneFalseAlarms } from '../../../analysis/classification/calibrate.ts'
import { gallery, galleryUniverses } from '../../../analysis/classification/gallery.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import type { Subject } from '../../../state/subject.ts'
import { Badge } from '../../../../../ui/common/Badge.tsx'
import { formatNumber, formatPercent } from '../../../../../ui/common/format.ts'
import { ClassList } from './ClassList.tsx'
import { truthOf, universeName } from './verdict.ts'

interface BayesPanelProps {
  open: OpenDataset
  subject: Subject
  /** How many universes are classes. */
  classes: number
}

/** What is known before any network answers: the exact posterior among the same classes. */
export function BayesPanel({ open: { header }, subject, classes: size }: BayesPanelProps) {
  const classes = useMemo(() => {
    const universes = galleryUniverses(header, size)
    return universes.length < 2 ? null : gallery(header, universes)
  }, [header, size])
  const answer = useMemo(
    () => classes && bayesAnswer(subject.whitened, classes, subject, noneFalseAlarms),
    [classes, subject],
  )
  if (!classes || !answer) return null
  const { probabilities, nearest, compatible, entropy, ignorance } = answer
  const level = formatPercent(noneFalseAlarms)
  const rows = Array.from(classes.universes, (universe, k) => ({ universe, bayes: probabilities[k] })).sort(
    (a, b) => b.bayes - a.bayes || a.universe - b.universe,
  )
  const truth = truthOf(subject, classes)
  return (
    <section className="stack" aria-label="Bayes posterior">
      <div className="card-title">
        <h3>Which universe is it?</h3>
        <Badge tone={nearest.decided ? 'warn' : 'plain'} title={`χ² test of each at ${level} false alarms`}>
          {nearest.decided
            ? 'χ² test: none fits'
            : `compatible with ${compatible} of ${rows.length} known universes`}
        </Badge>
      </div>
      <p className="small" role="status">
        The Bayes posterior among {rows.length} universes, each as likely as the next: exact for Gaussian
        noise of the dataset&rsquo;s covariance, without any network.
        {truth.kind === 'class' && ` In truth it is ${universeName(truth.universe)}, one of the classes.`}
        {truth.kind === 'none' && ' In truth it is none of the classes.'}
      </p>
      <ClassList classes={rows} learned={false} />
      <dl className="facts small">
        <dt>Nearest class, {universeName(nearest.universe)}: goodness of fit</dt>
        <dd>
          χ² = {formatNumber(nearest.chi2)} / {nearest.degreesOfFreedom} (p ={' '}
          {formatNumber(nearest.pValue, 2)})
        </dd>
        <dt>Entropy of the posterior</dt>
        <dd>
          {formatNumber(entropy)} nat, of {formatNumber(ignorance)} for knowing nothing
        </dd>
      </dl>
      {!subject.noisy && (
        <p className="small soft">
          This spectrum carries no noise: χ² and p are those of its average measurement.
        </p>
      )}
    </section>
  )
}
