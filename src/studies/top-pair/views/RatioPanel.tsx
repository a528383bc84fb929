import { useMemo } from 'react'
import { setupTerms, termVanishes } from '../analysis/ratios/network-tasks.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import type { FitState } from '../state/fit-state.ts'
import { useTopPairState } from './context.tsx'
import { AnswerState } from '../../../ui/common/AnswerState.tsx'
import type { Column } from '../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { ErrorState } from '../../../ui/common/Panel.tsx'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { useFit, useFitActions } from './fit-context.tsx'
import { lossFigure, lossSentence } from './loss-figure.ts'
import { RatioComparison } from './RatioComparison.tsx'
import { tileName } from './tile-text.ts'

const selectNetworks = (fit: FitState) => fit.networks
const selectDiagnostics = (fit: FitState) => fit.diagnostics

/** What the networks of one term have learned, against the exact ratio. */
export function RatioPanel({ term, onTerm }: { term: string | null; onTerm: (term: string) => void }) {
  const fit = useFitActions()
  const setup = useTopPairState((state) => state.intent.fit)
  const networks = useFit(selectNetworks)
  const diagnostics = useFit(selectDiagnostics)
  const theme = useFigureTheme()
  const terms = setupTerms(setup).filter((name) => !termVanishes(name))
  const shown = term !== null && terms.includes(term) ? term : (terms[0] ?? null)
  const own = useNetworksOf(networks, shown)
  const { curves, limit } = useMemo(
    () => ({
      curves: own.map(({ task, history }) => ({ name: `replica ${task.replica + 1}`, history })),
      // Replicas have events of their own, but one limit.
      limit: own.find((tile) => tile.limit)?.limit ?? null,
    }),
    [own],
  )
  const epochs = Math.max(...own.map((tile) => tile.epochs), ...own.map(({ epoch }) => epoch), 1)
  const losses = useMemo(() => lossFigure(curves, epochs, limit, theme), [curves, epochs, limit, theme])
  if (shown === null) return <p className="soft">No term of this set-up needs a network.</p>
  const trained = own.filter(({ network }) => network).length
  const found = diagnostics[shown]
  const seen = curves.some(({ history }) => history.length > 0)
  return (
    <div className="stack">
      <div className="row">
        <label className="row small">
          term
          <select
            className="select"
            aria-label="Term"
            value={shown}
            onChange={(event) => onTerm(event.target.value)}
          >
            {terms.map((name) => (
              <option key={name} value={name}>
                {tileName([name])}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          disabled={trained === 0 || found?.status === 'running'}
          onClick={() => void fit.diagnose(shown)}
        >
          Compare with the exact ratio
        </button>
        {trained === 0 && <span className="small soft">Train this network first.</span>}
      </div>
      {own.map(({ error, key }) => error && <ErrorState key={key} error={error} />)}
      {seen && (
        <FigureFrame
          summary={lossSentence(curves, limit)}
          table={{
            caption: 'Loss by epoch',
            columns: lossColumns,
            rows: curves.flatMap(({ name, history }) => history.map((record) => ({ name, ...record }))),
          }}
          fileName="theoryscape-ratio-loss"
        >
          <PlotlyFigure figure={losses} height={260} alt={lossSentence(curves, limit)} />
        </FigureFrame>
      )}
      {!seen && <p className="soft">The loss of training and validation events appears here.</p>}
      <AnswerState answer={found} label="Comparing" onRetry={() => void fit.diagnose(shown)} />
      {found?.value && (
        <RatioComparison diagnostics={found.value.value} learnsJointly={jointly(setup.preset)} />
      )}
    </div>
  )
}

function jointly(preset: keyof typeof ratioPresets): boolean {
  return ratioPresets[preset].method.kind !== 'classifier'
}

interface LossRow {
  name: string
  epoch: number
  loss: number
  validationLoss: number
}

const lossColumns: Column<LossRow>[] = [
  { key: 'name', label: 'network', value: ({ name }) => name },
  { key: 'epoch', label: 'epoch', value: ({ epoch }) => epoch, format: ({ epoch }) => String(epoch) },
  { key: 'loss', label: 'training loss', value: ({ loss }) => loss },
  { key: 'validation', label: 'validation loss', value: ({ validationLoss }) => validationLoss },
]

/** Networks that learn a term. */
function useNetworksOf(networks: FitState['networks'], term: string | null): FitState['networks'] {
  return useMemo(
    () => networks.filter(({ task }) => term !== null && task.terms.includes(term)),
    [networks, term],
  )
}
