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
  /** The training shown is that of the page's settings; default: always. */
  current?: boolean
  /** Lowers the learning rate to a tenth; default: there is none to lower. */
  gentler?: () => void
  /** What can be done with the network of a step. */
  use?: (step: number) => ReactNode
  badges?: ReactNode
  /** The map of the page, drawn while there is no picture of a training. */
  before?: { items: Int32Array; latent: Float32Array; title: string }
  /** Says that the training shown is of something else than the page, whose points its map would show. */
  elsewhere?: string
  /** What the study lets a person set, above the loss, and what it says of its networks below. */
  settings?: ReactNode
  children?: ReactNode
}

/** A training whose settings are few: controls, the map as it learns, and its loss. */
export function TrainingPanel(props: TrainingPanelProps) {
  const { store, session, ready, planned, colours, legend, words, collapse, onFocus, onExport } = props
  const { current = true, gentler = () => undefined, use, elsewhere, before } = props
  const { run, wallMsPerStep } = useSampledTraining(store)
  const moment = shownMoment(run)
  const picture = moment ? { items: run.previewItems, latent: moment.latent } : before
  return (
    <div className="train">
      <Panel title="Map as it learns" className="map-host" badges={props.badges}>
        <TrainingControls
          {...{ run, wallMsPerStep, ready, session, current, gentler, use }}
          asked={planned.steps}
          untrained="Not trained yet."
        />
        {elsewhere && <p className="train-controls">{elsewhere}</p>}
        {picture && !elsewhere && (
          <LiveMap
            {...{ run, colours, legend, items: picture.items, latent: picture.latent, marked: {} }}
            {...{ noun: words.one, before: before?.title ?? '' }}
            note={moment ? `all ${words.many}` : 'a training shows its own picture here'}
            onPick={onFocus}
            onClear={() => onFocus(null)}
          />
        )}
      </Panel>
      <div className="train-side">
        {props.settings}
        <LossPanel
          {...{ run, planned: planned.steps, latentDim: planned.latentDim, collapse, onExport }}
          heldOut={`held-out ${words.many}`}
          badges={[]}
        />
        {props.children}
      </div>
    </div>
  )
}
