import { useEffect } from 'react'
import { fitTabs } from '../intent.ts'
import { useTopPair, useTopPairState } from './context.tsx'
import { Badge, EftBadges } from '../../../ui/common/Badge.tsx'
import { Panel } from '../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../ui/common/PanelBoundary.tsx'
import { useShell } from '../../../ui/shell-context.tsx'
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
import { useFitPanels } from './use-fit-panels.ts'
import './fit.css'

const tabLabels = {
  intervals: 'Intervals',
  ratios: 'Learned ratios',
  sampler: 'Sampler',
  calibration: 'Calibration',
}
const tabs = fitTabs.map((id) => ({ id, label: tabLabels[id] }))

/** From events to a corner plot: top pairs, ratio networks, binned and unbinned fits. */
export function FitView() {
  const { fit } = useTopPair()
  const setup = useTopPairState((state) => state.intent.fit)
  const notSaved = useShell((state) => state.notSaved)
  const [{ tab, term }, showIn] = useFitPanels()

  // Not for every position of a dragged slider: each look reads the checkpoints of all networks.
  useEffect(() => {
    const timer = setTimeout(() => void fit.look(), 250)
    return () => clearTimeout(timer)
  }, [fit, setup])

  return (
    <div className="fit" data-testid="fit">
      <div className="fit-setup">
        <PanelBoundary title="Set-up">
          <SetupPanel />
        </PanelBoundary>
      </div>
      <div className="fit-main">
        <Panel
          title="pp → tt̄ → bℓ⁺ν b̄ℓ⁻ν̄"
          className="fit-run"
          badges={
            <>
              <EftBadges order={setup.mode} />
              {(notSaved || !fit.durable) && (
                <Badge
                  tone="warn"
                  title="This browser does not keep what is computed: private window, blocked or full storage. Export what must last."
                >
                  not saved
                </Badge>
              )}
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
              </Tabs>
            </div>
          </section>
        </PanelBoundary>
      </div>
      <ColumnDialog />
    </div>
  )
}
