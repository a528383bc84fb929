import { vanishingTerms } from '../analysis/ratios/network-tasks.ts'
import type { FitState, NetworkTile } from '../state/fit-state.ts'
import { useTopPairState } from './context.tsx'
import { formatNumber } from '../../../ui/common/format.ts'
import { Panel } from '../../../ui/common/Panel.tsx'
import { Typeset } from '../../../ui/common/Typeset.tsx'
import { useFit } from './fit-context.tsx'
import { NetworkDrop } from './NetworkDrop.tsx'
import { sparkline } from './sparkline.ts'
import { networkStage } from './stages.ts'
import { parameterLabel } from './parameter-label.ts'
import { tileName, tileStatus, tileTitle } from './tile-text.ts'

const selectNetworks = (fit: FitState) => fit.networks

interface NetworksPanelProps {
  selected: string | null
  onSelect: (term: string) => void
}

/** One tile per network: what it learns, how far it is, how its validation loss falls. */
export function NetworksPanel({ selected, onSelect }: NetworksPanelProps) {
  const networks = useFit(selectNetworks)
  const setup = useTopPairState((state) => state.intent.fit)
  const named = vanishingTerms(setup).map(printedTerm)
  return (
    <Panel
      title="Ratio networks"
      badges={<span className="small soft">{networkStage(networks).text}</span>}
      state={
        networks.length > 0
          ? { kind: 'ready' }
          : {
              kind: 'empty',
              message:
                'No term of this set-up needs a network: nothing here interferes with QCD at this order.',
            }
      }
    >
      <ul className="fit-tiles" aria-label="Ratio networks">
        {networks.map((tile) => (
          <li key={tile.key}>
            <Tile
              tile={tile}
              replicas={setup.replicas}
              on={selected !== null && tile.task.terms.includes(selected)}
              onSelect={() => onSelect(tile.task.terms[0])}
            />
          </li>
        ))}
      </ul>
      <NetworkDrop />
      {named.length > 0 && (
        <p className="small soft">
          Zero everywhere at leading order, so without a network:{' '}
          <Typeset text={named.slice(0, 6).join(', ')} />
          {named.length > 6 && ` and ${named.length - 6} more`}.
        </p>
      )}
    </Panel>
  )
}

function Tile(props: { tile: NetworkTile; replicas: number; on: boolean; onSelect: () => void }) {
  const { tile, replicas, on, onSelect } = props
  const { history, status, fraction } = tile
  const name = tileName(tile.task.terms)
  const last = history.at(-1)
  return (
    <button
      type="button"
      className="fit-tile"
      data-status={status}
      aria-pressed={on}
      title={tileTitle(tile)}
      onClick={onSelect}
    >
      <span className="fit-tile-name">
        {name}
        {replicas > 1 && <span className="soft small"> · {tile.task.replica + 1}</span>}
      </span>
      <svg className="fit-spark" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
        {history.length > 1 && (
          <path
            d={sparkline(
              history.map(({ validationLoss }) => validationLoss),
              100,
              28,
            )}
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <span className="fit-bar" aria-hidden="true">
        <span style={{ width: `${100 * (status === 'done' ? 1 : fraction)}%` }} />
      </span>
      <span className="small soft">{tileStatus(tile)}</span>
      <span className="small soft">{last ? `loss ${formatNumber(last.validationLoss, 4)}` : '\u00a0'}</span>
    </button>
  )
}

/** "C_td⁽⁸⁾ × C_qt⁽⁸⁾" of td8*tq8; squares are those of one coefficient. */
function printedTerm(term: string): string {
  const [base, square] = term.split('^')
  const name = base
    .split('*')
    .map((operator) => parameterLabel(operator).plain)
    .join(' × ')
  return square ? `(${name})²` : name
}
