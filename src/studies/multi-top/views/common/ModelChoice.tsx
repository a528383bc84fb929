import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { useMultiTop, useMultiTopState } from '../context.tsx'

/** Which transformer the views show: the one that is shipped, or one of one's own. */
export function ModelChoice() {
  const { context } = useMultiTop()
  const model = useMultiTopState((state) => state.intent.model)
  const own = useMultiTopState((state) => state.ownModels)
  const transformer = useMultiTopState((state) => state.transformer)
  const labels: Record<string, string> = {
    '': 'shipped, Small_5h',
    ...Object.fromEntries(own.map(({ id, title }) => [id, title])),
  }
  if (model !== null && !Object.hasOwn(labels, model)) labels[model] = `${model}, not here`
  return (
    <>
      {(own.length > 0 || model !== null) && (
        <SelectField
          {...{ label: 'transformer', value: model ?? '', labels }}
          onChange={(id) => context.change({ model: id === '' ? null : id })}
        />
      )}
      {transformer.status === 'failed' && <AnswerState answer={transformer} />}
    </>
  )
}
