import { useDeferredValue, useMemo, type ComponentType } from 'react'
import type { InterpretTab } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import {
  drawnSubject,
  droppedSubject,
  liveSubject,
  pickedSubject,
  type Subject,
} from '../../state/subject.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { DatasetGate } from '../common/DatasetGate.tsx'
import { useFocusRows } from '../common/use-focus-rows.ts'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { Progress } from '../../../../ui/common/Progress.tsx'
import { Tabs } from '../../../../ui/common/Tabs.tsx'
import { SubjectPanel } from './SubjectPanel.tsx'
import './interpret.css'

/** What every tab is given. */
export interface InterpretTabProps {
  open: OpenDataset
  /** With what is drawn on it. Keeps its identity while it is the same spectrum. */
  subject: Subject
}

const opening = <Progress label="Opening" />

/** One entry per question; each comes with a chunk of its own. */
const tabs: { id: InterpretTab; label: string; Part: ComponentType<InterpretTabProps> }[] = [
  {
    id: 'classify',
    label: 'Classify',
    Part: lazyPart(async () => (await import('./classify/ClassifyTab.tsx')).ClassifyTab, opening),
  },
  {
    id: 'anomaly',
    label: 'Anomaly',
    Part: lazyPart(async () => (await import('./anomaly/AnomalyTab.tsx')).AnomalyTab, opening),
  },
  {
    id: 'retrieval',
    label: 'Retrieval',
    Part: lazyPart(async () => (await import('./retrieval/RetrievalTab.tsx')).RetrievalTab, opening),
  },
  {
    id: 'directions',
    label: 'Directions',
    Part: lazyPart(async () => (await import('./DirectionsTab.tsx')).DirectionsTab, opening),
  },
]

/** What one spectrum means: which universe, known or not, near what, pulled by which operator. */
export function InterpretView() {
  return <DatasetGate title="Subject" View={OpenInterpret} />
}

function OpenInterpret({ open }: { open: OpenDataset }) {
  const { actions } = useDrellYan()
  const intent = useDrellYanState((state) => state.intent)
  const query = useDrellYanState((state) => state.query.value)
  const { focus, coefficients, order, replicaSeed, shape, noise } = intent
  const { droppedRow } = intent.panels
  // Only what the subject is made of may change its identity: sliders move none that was picked.
  const rows = useFocusRows(focus)
  const picked = useMemo(
    () =>
      (droppedRow !== null && query && droppedSubject(open, query, droppedRow)) ||
      pickedSubject(open, rows, focus, replicaSeed),
    [open, rows, droppedRow, query, focus, replicaSeed],
  )
  const bare = useMemo(
    () => picked ?? liveSubject(open, { coefficients, order }),
    [picked, open, coefficients, order],
  )
  const { header, encoder } = open
  const noiseSeed = noise === 'replica' ? replicaSeed : null
  const subject = useMemo(
    () => drawnSubject({ header, encoder }, bare, shape, noiseSeed),
    [header, encoder, bare, shape, noiseSeed],
  )
  // What is derived from a moving universe follows a moment later: its own figure must not wait for it.
  const settled = useDeferredValue(subject)
  const { Part } = tabs.find(({ id }) => id === intent.interpretTab) ?? tabs[0]

  return (
    <div className="interpret" data-testid="interpret" data-subject={subject.key}>
      <div className="interpret-subject">
        <PanelBoundary title="Subject">
          <SubjectPanel open={open} subject={subject} />
        </PanelBoundary>
      </div>
      <section className="panel interpret-answers" aria-label="Interpretation">
        <Tabs
          label="Interpretation"
          items={tabs}
          selected={intent.interpretTab}
          onSelect={(interpretTab) => actions.change({ interpretTab })}
        >
          <PanelBoundary key={intent.interpretTab} title="Interpretation">
            <Part open={open} subject={settled} />
          </PanelBoundary>
        </Tabs>
      </section>
    </div>
  )
}
