import { formatNumber, formatPercent } from '../../../../ui/common/format.ts'
import type { HiddenEvent } from '../../analysis/interpret/hidden-event.ts'
import { className, topClasses } from '../../datasets.ts'

/** Probabilities of the classes with and without the hidden numbers. */
export function ClassShares({ answer, truth }: { answer: HiddenEvent; truth: number }) {
  const { probabilities, whole, entropy, hidden, heldOut, model, classes } = answer
  return (
    <div className="stack">
      <table className="table class-shares">
        <caption>Probability of each class; the event has {topClasses[truth].label}</caption>
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col" className="numeric">
              {hidden.length > 0 ? 'without the hidden' : 'whole event'}
            </th>
            {hidden.length > 0 && (
              <th scope="col" className="numeric">
                whole event
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {classes.map((id, c) => (
            <tr key={id}>
              <th scope="row">
                {id === topClasses[truth].id ? <strong>{className(id)}</strong> : className(id)}
              </th>
              <td className="numeric">
                <span
                  className="share-bar"
                  style={{ inlineSize: `${100 * probabilities[c]}%` }}
                  aria-hidden="true"
                />
                {formatPercent(probabilities[c], 3)}
              </td>
              {hidden.length > 0 && <td className="numeric">{formatPercent(whole[c], 3)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small" role="status">
        Entropy {formatNumber(entropy)} (0 is certain, 1 is all classes alike).
      </p>
      <p className="small soft">
        {model}; classes were learned from whole events, hidden numbers from events with 30 % hidden. Each
        class counts the same: these are no probabilities in a mixture of cross-sections.{' '}
        {heldOut
          ? 'It saw none of these events in training.'
          : 'With this seed it may have seen this event in training.'}
      </p>
    </div>
  )
}
