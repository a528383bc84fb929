import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { linearEncoderId } from '../../analysis/map-encoder.ts'
import { onOtherMap } from '../../state/events-state.ts'
import { startEncoder } from '../../state/start-encoder.ts'
import { useEvents, useEventsState } from '../context.tsx'

/** What puts sets on the map. */
export function EncoderChoice() {
  const { context, encoders } = useEvents()
  const { model, dataset } = useEventsState((state) => state.intent)
  const own = useEventsState((state) => state.ownEncoders)
  const choices = [
    ...encoders.map(({ id }) => [id, id] as const),
    [linearEncoderId, 'best linear map'] as const,
    ...own.map(({ id, card }) => [id, `${id}, on ${card.dataset.id}`] as const),
  ]
  return (
    <SelectField
      label="Encoder"
      value={model ?? startEncoder(dataset, encoders)}
      labels={Object.fromEntries(choices)}
      onChange={(id) => context.change({ model: id, focus: null, ...onOtherMap })}
    />
  )
}
