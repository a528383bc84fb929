import { AppError } from '../../../errors.ts'
import { readWcxf } from '../../../physics/smeft/wcxf.ts'
import { universalCoefficients } from '../../../physics/smeft/wcxf-universal.ts'
import type { Actions } from './actions.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { WcxfImport } from './wcxf-import.ts'
import { createProduct, slotOf } from '../../../core/product.ts'

const largestFileBytes = 1 << 20

/** Sets the sliders to a WCxf file; which EFT it is of is judged by the reader. */
export async function takeWcxf(file: File, store: DrellYanStore, actions: Actions): Promise<void> {
  const product = createProduct(slotOf(store, 'wcxf'))
  const outcome = await product.make(`Reading ${file.name}`, () => importOf(file), { fraction: null })
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

/** @throws AppError where it is too large, or no WCxf file that can be read */
async function importOf(file: File): Promise<WcxfImport> {
  if (file.size > largestFileBytes)
    throw new AppError(
      'data/corrupt',
      `${file.name} has ${file.size} bytes, WCxf files of at most ${largestFileBytes} are read.`,
    )
  const parsed = await readWcxf(await file.text(), file.name)
  return {
    ...universalCoefficients(parsed),
    name: file.name,
    basis: parsed.basis,
    scaleGeV: parsed.scaleGeV,
  }
}
