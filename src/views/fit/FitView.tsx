import { use, useEffect, useState } from 'react'
import { useApp, useAppState } from '../app-context.tsx'
import { Badge, EftBadges } from '../common/Badge.tsx'
import { Panel } from '../common/Panel.tsx'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import { Tabs } from '../common/Tabs.tsx'
import { CalibrationPanel } from './CalibrationPanel.tsx'
import { CornerPanel } from './CornerPanel.tsx'
import { DataPanel } from './DataPanel.tsx'
import { FitContext } from './fit-context.tsx'
import { IntervalsPanel } from './IntervalsPanel.tsx'
import { NetworksPanel } from './NetworksPanel.tsx'
import { RatioPanel } from './RatioPanel.tsx'
import { RunControls } from './RunControls.tsx'
import { SamplerPanel } from './SamplerPanel.tsx'
import { SetupPanel } from './SetupPanel.tsx'
import './fit.css'

type Tab = 'intervals' | 'ratios' | 'sampler' | 'calibration'

const tabs: { id: Tab; label: string }[] = [
  { id: 'intervals', label: 'Intervals' },
  { id: 'ratios', label: 'Learned ratios' },
  { id: 'sampler', label: 'Sampler' },
  { id: 'calibration', label: 'Calibration' },
]

/** From events to a corner plot: top pairs, ratio networks, binned and unbinned fits. */
export function FitView() {
  const { openFit, files } = useApp()
  const fit = use(openFit())
  const setup = useAppState((state) => state.intent.fit)
  const [tab, setTab] = useState<Tab>('intervals')
  const [term, setTerm] = useState<string | null>(null)

  // Not for every position of a dragged slider: each look reads the checkpoints of all networks.
  useEffect(() => {
    const timer = setTimeout(() => void fit.look(), 250)
    return () => clearTimeout(timer)
  }, [fit, setup])

  return (
    <FitContext value={fit}>
      <div
        className="fit"
        data-testid="fit"
        onDrop={(event) => {
          if (event.defaultPrevented || event.dataTransfer.files.length === 0) return
          event.preventDefault()
          const [file] = event.dataTransfer.files
          // Pictures, grids and models mean the same in every view; anything else here is events.
          if (/\.(png|svg|json|ya?ml|dat|info|bin)$/i.test(file.name))
            void files.drop([...event.dataTransfer.files])
          else void fit.drop(file)
        }}
      >
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
                {!fit.durable && (
                  <Badge
                    tone="warn"
                    title="This browser keeps nothing for the page: private window or blocked storage"
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
                <NetworksPanel
                  selected={term}
                  onSelect={(name) => {
                    setTerm(name)
                    setTab('ratios')
                  }}
                />
              </PanelBoundary>
            </div>
          </div>
          <PanelBoundary title="Results">
            <section className="panel" aria-label="Results">
              <div className="panel-body">
                <Tabs label="Results" items={tabs} selected={tab} onSelect={setTab}>
                  {tab === 'intervals' && <IntervalsPanel />}
                  {tab === 'ratios' && <RatioPanel term={term} onTerm={setTerm} />}
                  {tab === 'sampler' && <SamplerPanel />}
                  {tab === 'calibration' && <CalibrationPanel />}
                </Tabs>
              </div>
            </section>
          </PanelBoundary>
        </div>
      </div>
    </FitContext>
  )
}
