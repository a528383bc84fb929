import { AppError } from '../../../errors.ts'
import type { Actions } from './actions.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { Services } from './services.ts'
import { createProduct, slotOf, type Make } from '../../../core/product.ts'
import type { WcxfImport } from '../analysis/wcxf-import.ts'

const largestFileBytes = 1 << 20

/** Sets the sliders to a WCxf file, read by a worker: YAML of 100 kB takes half a second. Which EFT it is of is judged by the reader. */
export async function takeWcxf(
  file: File,
  store: DrellYanStore,
  { compute }: Pick<Services, 'compute'>,
  actions: Actions,
): Promise<void> {
  const product = createProduct(slotOf(store, 'wcxf'))
  const read: Make<WcxfImport> = async ({ signal }) => {
    const request = { name: file.name, text: await textOf(file) }
    return compute.run('read-wcxf', request, { signal }).promise
  }
  const outcome = await product.make(`Reading ${file.name}`, read, { fraction: null })
  const { value, error } = product.get()
  if (outcome === 'failed' && error) return actions.notify('error', error.message)
  if (outcome !== 'ready' || !value) return
  actions.change({ coefficients: value.coefficients, uv: null, focus: { kind: 'live' } })
  const moved = Object.keys(value.coefficients).length
  actions.notify(
    value.messages.length > 0 ? 'warning' : 'info',
    [
      `${file.name} set ${moved} of 17 coefficients at ${value.scaleGeV} GeV, without running.`,
      ...value.messages,
    ].join(' '),
  )
}

/** @throws AppError where it is too large */
function textOf(file: File): Promise<string> {
  if (file.size > largestFileBytes)
    throw new AppError(
      'data/corrupt',
      `${file.name} has ${file.size} bytes, WCxf files of at most ${largestFileBytes} are read.`,
    )
  return file.text()
}
