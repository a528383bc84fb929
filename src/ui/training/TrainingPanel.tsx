import type { ReactNode } from 'react'
import type { TrainingRun } from '../../core/training/training-run.ts'
import type { TrainingSession } from '../../core/training/training-session.ts'
import { Panel } from '../common/Panel.tsx'
import type { ColourLegend } from '../map/MapLegend.tsx'
import type { PointWords } from '../map/point-words.ts'
import type { MapColours } from '../map/types.ts'
import { LiveMap, shownMoment } from './LiveMap.tsx'
import { LossPanel } from './LossPanel.tsx'
import { TrainingControls } from './TrainingControls.tsx'
import { useSampledTraining, type TrainingSource } from './use-sampled-training.ts'

interface TrainingPanelProps {
  store: TrainingSource<TrainingRun>
  session: TrainingSession
  /** The dataset is whole. */
  ready: boolean
  /** What the page would train. */
  planned: { steps: number; latentDim: number }
  /** Of the points of the dataset. */
  colours: MapColours
  legend: ColourLegend
  words: PointWords
  /** What a collapsed map is, and the cure. */
  collapse: string
  onFocus: (point: number | null) => void
  onExport: (file: Blob | string, format: 'svg' | 'png' | 'csv') => void | Promise<void>
  /** What the study lets a person set. */
  children?: ReactNode
}

/** A training whose settings are few: controls, the map as it learns, and its loss. */
export function TrainingPanel(props: TrainingPanelProps) {
  const { store, session, ready, planned, colours, legend, words, collapse, onFocus, onExport } = props
  const { run, wallMsPerStep } = useSampledTraining(store)
  const moment = shownMoment(run)
  return (
    <>
      <Panel title="Map as it learns" className="map-host">
        {props.children}
        <TrainingControls
          {...{ run, wallMsPerStep, ready, session, asked: planned.steps, current: true }}
          untrained="Not trained yet."
          gentler={() => undefined}
        />
        {moment && (
          <LiveMap
            {...{ run, colours, legend, items: run.previewItems, latent: moment.latent, marked: {} }}
            {...{ noun: words.one, before: '', note: `all ${words.many}` }}
            onPick={onFocus}
            onClear={() => onFocus(null)}
          />
        )}
      </Panel>
      <LossPanel
        {...{ run, planned: planned.steps, latentDim: planned.latentDim, collapse, onExport }}
        heldOut={`held-out ${words.many}`}
        badges={[]}
      />
    </>
  )
}
