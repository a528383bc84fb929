import type { ModelCard } from '../../ml/model-card.ts'
import { formatEdge, formatNumber, formatWithError } from '../common/format.ts'
import './model-card.css'

interface ModelCardProps {
  card: ModelCard
  /** What the encoder tells apart: "universes". */
  items: string
}

/** A model card for reading: what the encoder is, what it was trained on, how well it does and where it ends. */
export function ModelCardView({ card, items }: ModelCardProps) {
  const { architecture, training, dataset, metrics, steps } = card
  const loss =
    training.loss === 'pair'
      ? `pair, margin ${formatEdge(training.margin)}`
      : `${training.loss}, τ = ${formatEdge(training.temperature)}`
  const facts: [string, string][] = [
    [
      'architecture',
      architecture.pool
        ? `${architecture.pool.items} × ${architecture.features / architecture.pool.items} → ${architecture.pool.widths.join(' → ')}, mean → ${[...architecture.widths, architecture.latentDim].join(' → ')}`
        : `${architecture.features} → ${[...architecture.widths, architecture.latentDim].join(' → ')}`,
    ],
    ['loss', loss],
    [
      'optimiser',
      `${training.optimiser}, learning rate ${formatNumber(training.learningRate, 2)}, dropout ${formatEdge(training.dropout)}`,
    ],
    [
      'batch',
      `${training.universesPerBatch} ${training.universes} ${items} × ${training.replicasPerUniverse}`,
    ],
    ['steps', `kept ${steps.best} of ${steps.planned} planned`],
    ['seed', String(training.seed)],
    ['whitening', card.whitening.description],
    ['dataset', `${dataset.id}, sha256 ${dataset.manifestSha256.slice(0, 12)}…`],
    ['weights', `sha256 ${card.weightsSha256.slice(0, 12)}…`],
    ['made', [card.date, card.engine, card.appVersion].filter(Boolean).join(', ')],
  ]
  return (
    <article className="stack model-card" aria-label={card.title}>
      <h3>{card.title}</h3>
      <p className="small">{card.description}</p>
      <dl className="facts small">
        {facts.map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {Object.keys(metrics).length > 0 && (
        <>
          <h4>On held-out {items}</h4>
          <dl className="facts small">
            {Object.entries(metrics).map(([name, { value, error, description }]) => (
              <div key={name} className="fact metric">
                <dt>
                  {name}
                  <span className="soft"> {description}</span>
                </dt>
                <dd>{error ? formatWithError(value, error) : formatNumber(value, 4)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </article>
  )
}
