import { useDeferredValue, useMemo, useState, type ComponentType } from 'react'
import type { InterpretTab } from '../../share/schema.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { droppedSubject, focusSubject, type Subject } from '../../state/subject.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { DatasetGate } from '../common/DatasetGate.tsx'
import { lazyPart } from '../common/lazy-part.tsx'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import { Progress } from '../common/Progress.tsx'
import { Tabs } from '../common/Tabs.tsx'
import { SubjectPanel } from './SubjectPanel.tsx'
import type { SubjectChoice } from './SubjectPicker.tsx'
import './interpret.css'

/** What every tab is given. */
export interface InterpretTabProps {
  open: OpenDataset
  /** Keeps its identity while it is the same spectrum. */
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
  const { actions } = useApp()
  const intent = useAppState((state) => state.intent)
  const extra = useAppState((state) => state.extra.value)
  const query = useAppState((state) => state.query.value)
  const [choice, setChoice] = useState<SubjectChoice>({ kind: 'focus' })
  // A file dropped while this view is open is what its owner wants to read about.
  const [shownQuery, setShownQuery] = useState(query)
  if (shownQuery !== query) {
    setShownQuery(query)
    setChoice(query ? { kind: 'dropped', row: 0 } : { kind: 'focus' })
  }

  const { focus, coefficients, order, replicaSeed } = intent
  // Only what the subject is made of may change its identity.
  const rows = focus.kind === 'row' ? open.rows : 0
  const moved = focus.kind === 'live' ? coefficients : null
  const movedOrder = focus.kind === 'live' ? order : null
  const subject = useMemo(
    () =>
      (choice.kind === 'dropped' && query && droppedSubject(open, query, choice.row)) ||
      focusSubject(open, extra, focus, intent),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in matter to a row in focus alone
    [open.header, open.encoder, rows, choice, query, extra, focus, replicaSeed, moved, movedOrder],
  )
  // What is derived from a moving universe follows a moment later: its own figure must not wait for it.
  const settled = useDeferredValue(subject)
  const { Part } = tabs.find(({ id }) => id === intent.interpretTab) ?? tabs[0]

  return (
    <div className="interpret" data-testid="interpret" data-subject={subject.key}>
      <div className="interpret-subject">
        <PanelBoundary title="Subject">
          <SubjectPanel open={open} subject={subject} choice={choice} onChoice={setChoice} />
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
