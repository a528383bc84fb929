import { formatCount, formatNumber } from '../../../../ui/common/format.ts'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import type { HiddenEvent } from '../../analysis/interpret/hidden-event.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { eventScalars, eventToken, objectScalars, objectToken } from '../../analysis/tokens/token-layout.ts'
import { filledSlots } from './filled-slots.ts'

interface HiddenNumbersProps {
  events: Pick<MapEvents, 'raw' | 'filled' | 'tokens'>
  event: number
  hidden: readonly number[]
  /** Of the last question that was answered. */
  answer: HiddenEvent | null
  onChange: (hidden: readonly number[]) => void
}

/** As printed. */
const printedNames = { pt: 'p_T', eta: 'η', phi: 'φ', px: 'p_x', py: 'p_y', pz: 'p_z' } as const
/** As spoken. */
const scalarNames = { pt: 'pT', eta: 'η', phi: 'φ', px: 'px', py: 'py', pz: 'pz' } as const
const eventNames = { njet: 'jets', nb: 'b-jets', nlep: 'leptons', met: 'MET [GeV]' } as const

const counts = (['njet', 'nb', 'nlep'] as const).map(eventToken)

/** Every number of an event as a button that hides it, with what a transformer puts in its place. */
export function HiddenNumbers({ events, event, hidden, answer, onChange }: HiddenNumbersProps) {
  const { raw, filled, tokens } = events
  const without = new Set(hidden)
  const answered = answer?.event === event && answer.hidden.join() === hidden.join() ? answer : null

  function toggle(own: readonly number[]): void {
    const all = own.every((token) => without.has(token))
    onChange(all ? hidden.filter((token) => !own.includes(token)) : [...new Set([...hidden, ...own])])
  }

  const number = (token: number, name: string) => {
    // Counts are whole; everything else is measured.
    const format = counts.includes(token) ? formatCount : formatNumber
    const truth = format(raw[event * tokens + token])
    const is = without.has(token)
    return (
      <button
        type="button"
        className="hide-number"
        aria-pressed={is}
        aria-label={`hide ${name}, ${truth}`}
        onClick={() => toggle([token])}
      >
        <span className={is ? 'hide-truth' : undefined}>{truth}</span>
        {is && answered && (
          <span className="hide-guess">
            {formatNumber(answered.reconstruction[token])} ± {formatNumber(answered.spread[token], 2)}
          </span>
        )}
      </button>
    )
  }

  return (
    <div className="stack">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Numbers of the objects">
        <table className="table hide-table">
          <caption>Objects, momenta in GeV</caption>
          <thead>
            <tr>
              <th scope="col">object</th>
              {objectScalars.map((scalar) => (
                <th key={scalar} scope="col" className="numeric">
                  <Typeset text={printedNames[scalar]} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {filledSlots(filled.subarray(event * tokens, (event + 1) * tokens)).map(({ slot, name }) => {
              const own = objectScalars.map((scalar) => objectToken(slot, scalar))
              return (
                <tr key={slot}>
                  <th scope="row">
                    <button
                      type="button"
                      className="hide-number"
                      aria-pressed={own.every((token) => without.has(token))}
                      aria-label={`hide ${name}`}
                      onClick={() => toggle(own)}
                    >
                      {name}
                    </button>
                  </th>
                  {objectScalars.map((scalar) => (
                    <td key={scalar} className="numeric">
                      {number(objectToken(slot, scalar), `${scalarNames[scalar]} of ${name}`)}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Numbers of the event">
        <table className="table hide-table">
          <caption>Event</caption>
          <thead>
            <tr>
              {eventScalars.map((scalar) => (
                <th key={scalar} scope="col" className="numeric">
                  {eventNames[scalar]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {eventScalars.map((scalar) => (
                <td key={scalar} className="numeric">
                  {number(eventToken(scalar), eventNames[scalar])}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  )
}
