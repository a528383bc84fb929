import type { SpectrumAnswer } from '../../../analysis/classification/classify.ts'
import { formatNumber } from '../../../../../ui/common/format.ts'

interface MeterRow {
  name: string
  meaning: string
  value: number | null
  largest: number
}

/** Total, data and knowledge uncertainty on the scale of complete ignorance. */
export function UncertaintyMeters({ answer }: { answer: SpectrumAnswer }) {
  const { uncertainty, bayesEntropy, ignorance } = answer
  const rows: MeterRow[] = [
    { name: 'total', meaning: 'how unsure the answer is', value: uncertainty.total, largest: ignorance },
    {
      name: 'data',
      meaning: 'what noise hides from anybody',
      value: uncertainty.data,
      largest: ignorance,
    },
    {
      name: 'knowledge',
      meaning: 'how unsure the network is of itself',
      value: uncertainty.knowledge,
      largest: ignorance,
    },
    { name: 'Bayes', meaning: 'entropy of the Bayes posterior', value: bayesEntropy, largest: ignorance },
    { name: 'vacuity', meaning: 'share of missing evidence', value: uncertainty.vacuity, largest: 1 },
  ]
  return (
    <div className="stack">
      <h4>Uncertainty</h4>
      <ul className="meter-list small">
        {rows.map(
          ({ name, meaning, value, largest }) =>
            value !== null && (
              <li key={name}>
                <span>
                  {name} <span className="soft">{meaning}</span>
                </span>
                <meter min={0} max={largest} value={value} aria-label={`${name} uncertainty`}>
                  {formatNumber(value)}
                </meter>
                <span>{name === 'vacuity' ? formatNumber(value) : `${formatNumber(value)} nat`}</span>
              </li>
            ),
        )}
      </ul>
      <p className="small soft">
        Full scale is ln K = {formatNumber(ignorance)} nat, knowing nothing. All but the Bayes entropy are the
        network&rsquo;s own, before the temperature scaling that the probabilities above have gone through.
        {uncertainty.data === null && ' One network alone cannot tell data from knowledge uncertainty.'}
      </p>
    </div>
  )
}
