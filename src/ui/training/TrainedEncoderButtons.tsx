import { formatCount } from '../common/format.ts'

interface TrainedEncoderButtonsProps {
  step: number
  /** Where its three files are dropped to be read again: "on Data", or nothing. */
  where?: string
  onUse: () => Promise<void>
  onExport: () => Promise<void>
}

/** What can be done with the encoder of a step. */
export function TrainedEncoderButtons({ step, where, onUse, onExport }: TrainedEncoderButtonsProps) {
  const drop = where ? `drop them ${where}` : 'drop them together'
  return (
    <>
      <button type="button" className="button" onClick={() => void onUse()}>
        Use step {formatCount(step)} on the map
      </button>
      <button
        type="button"
        className="button"
        title={`card.json, model.json and weights.bin: ${drop} to read them again`}
        onClick={() => void onExport()}
      >
        Export model
      </button>
    </>
  )
}
