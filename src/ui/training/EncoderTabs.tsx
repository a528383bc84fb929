import type { ReactNode } from 'react'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import { Tabs } from '../common/Tabs.tsx'
import { BackendPanel } from './BackendPanel.tsx'

const labels = { limits: 'Beside the limit', backends: 'Engines', card: 'Model card' }
export type EncoderTab = keyof typeof labels
const tabs = (Object.keys(labels) as EncoderTab[]).map((id) => ({ id, label: labels[id] }))

interface EncoderTabsProps extends Pick<Parameters<typeof BackendPanel>[0], 'backends' | 'onMeasure'> {
  selected: EncoderTab
  onSelect: (tab: EncoderTab) => void
  /** Of the training: engines are not measured while one runs. */
  status: string
  /** Drawn where they are selected. */
  limits: () => ReactNode
  card: () => ReactNode
}

/** Of encoders: how good they are beside what is possible, the engines that train them, the card of that on the map. */
export function EncoderTabs({ selected, onSelect, status, limits, card, ...engines }: EncoderTabsProps) {
  const locked = status === 'running' || status === 'paused'
  return (
    <PanelBoundary title="Encoder">
      <section className="panel" aria-label="Encoder">
        <div className="panel-body">
          <Tabs label="Encoder" items={tabs} selected={selected} onSelect={onSelect}>
            {selected === 'limits' && limits()}
            {selected === 'backends' && <BackendPanel {...engines} locked={locked} />}
            {selected === 'card' && card()}
          </Tabs>
        </div>
      </section>
    </PanelBoundary>
  )
}
