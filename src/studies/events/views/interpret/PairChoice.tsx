import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { useEvents } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'

interface PairChoiceProps {
  marks: readonly ModelMark[]
  /** Places of the two. */
  pair: readonly [number, number]
}

/** The two models that are told apart. */
export function PairChoice({ marks, pair: [a, b] }: PairChoiceProps) {
  const { context } = useEvents()
  const without = (place: number) =>
    Object.fromEntries(marks.filter((_, m) => m !== place).map(({ id, label }) => [id, label]))
  return (
    <div className="row">
      <SelectField
        {...{ label: 'One model', value: marks[a].id, labels: without(b) }}
        onChange={(id) => context.change({ pair: [id, marks[b].id] })}
      />
      <SelectField
        {...{ label: 'Another', value: marks[b].id, labels: without(a) }}
        onChange={(id) => context.change({ pair: [marks[a].id, id] })}
      />
    </div>
  )
}
