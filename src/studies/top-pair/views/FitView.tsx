import { useEffect } from 'react'
import { fitTabs } from '../intent.ts'
import { useTopPair, useTopPairState } from './context.tsx'
import { EftBadges } from '../../../ui/common/Badge.tsx'
import { NotSavedBadge } from '../../../ui/common/NotSavedBadge.tsx'
import { RecordedBadge } from '../../../ui/common/RecordedBadge.tsx'
import { Panel } from '../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../ui/common/PanelBoundary.tsx'
import { lazyPart } from '../../../ui/common/lazy-part.tsx'
import { Tabs } from '../../../ui/common/Tabs.tsx'
import { CalibrationPanel } from './CalibrationPanel.tsx'
import { ColumnDialog } from './ColumnDialog.tsx'
import { CornerPanel } from './CornerPanel.tsx'
import { DataPanel } from './DataPanel.tsx'
import { IntervalsPanel } from './IntervalsPanel.tsx'
import { NetworksPanel } from './NetworksPanel.tsx'
import { RatioPanel } from './RatioPanel.tsx'
import { RunControls } from './RunControls.tsx'
import { SamplerPanel } from './SamplerPanel.tsx'
import { SetupPanel } from './SetupPanel.tsx'
import { useFit } from './fit-context.tsx'
import type { FitState } from '../state/fit-state.ts'
import { useMedia } from '../../../ui/common/use-media.ts'
import { useFitPanels } from './use-fit-panels.ts'
import './fit.css'

/** In a chunk of its own: most visits look at a fit alone. */
const FeaturesPanel = lazyPart(
  async () => (await import('./FeaturesPanel.tsx')).FeaturesPanel,
  <p className="soft">Loading the recorded study.</p>,
)

const selectRecorded = (fit: FitState) => fit.recorded

const tabLabels = {
  intervals: 'Intervals',
  ratios: 'Learned ratios',
  sampler: 'Sampler',
  calibration: 'Calibration',
  features: 'Features',
}
const tabs = fitTabs.map((id) => ({ id, label: tabLabels[id] }))

/** From events to a corner plot: top pairs, ratio networks, binned and unbinned fits. */
export function FitView() {
  const { fit } = useTopPair()
  const setup = useTopPairState((state) => state.intent.fit)
  const recorded = useFit(selectRecorded)
  const narrow = useMedia('(width < 1000px)')
  const [{ tab, term }, showIn] = useFitPanels()

  // Not for every position of a dragged slider: each look reads the checkpoints of all networks.
  useEffect(() => {
    const timer = setTimeout(() => void fit.look(), 250)
    return () => clearTimeout(timer)
  }, [fit, setup])

  const settings = (
    <div key="setup" className="fit-setup">
      <PanelBoundary title="Set-up">
        <SetupPanel />
      </PanelBoundary>
    </div>
  )
  const results = (
    <div key="main" className="fit-main">
      <Panel
        title="pp → tt̄ → bℓ⁺ν b̄ℓ⁻ν̄"
        className="fit-run"
        badges={
          <>
            <EftBadges order={setup.mode} />
            <RecordedBadge recorded={recorded} />
            <NotSavedBadge durable={fit.durable} />
          </>
        }
      >
        <RunControls />
      </Panel>
      <div className="fit-columns">
        <PanelBoundary title="Posterior">
          <CornerPanel />
        </PanelBoundary>
        <div className="fit-side">
          <PanelBoundary title="Observed data">
            <DataPanel />
          </PanelBoundary>
          <PanelBoundary title="Ratio networks">
            <NetworksPanel selected={term} onSelect={(name) => showIn({ term: name, tab: 'ratios' })} />
          </PanelBoundary>
        </div>
      </div>
      <PanelBoundary title="Results">
        <section className="panel" aria-label="Results">
          <div className="panel-body">
            <Tabs label="Results" items={tabs} selected={tab} onSelect={(id) => showIn({ tab: id })}>
              {tab === 'intervals' && <IntervalsPanel />}
              {tab === 'ratios' && <RatioPanel term={term} onTerm={(name) => showIn({ term: name })} />}
              {tab === 'sampler' && <SamplerPanel />}
              {tab === 'calibration' && <CalibrationPanel />}
              {tab === 'features' && <FeaturesPanel />}
            </Tabs>
          </div>
        </section>
      </PanelBoundary>
    </div>
  )
  return (
    <div className="fit" data-testid="fit">
      {/* Where it is narrow Run and the result come first, for the eye and for the keyboard. */}
      {narrow ? [results, settings] : [settings, results]}
      <ColumnDialog />
    </div>
  )
}
