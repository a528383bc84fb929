import { AppError } from '../errors.ts'
import { readWcxf, universalCoefficients, type UniversalImport } from '../physics/smeft/wcxf.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { failed, ready, running } from './loadable.ts'

/** A WCxf file that moved the sliders, with the fate of each of its entries. */
export interface WcxfImport extends UniversalImport {
  name: string
  basis: string
  scaleGeV: number
}

const largestFileBytes = 1 << 20
const sniffedBytes = 4096

/**
 * Takes the WCxf files out of what was dropped: the last one sets the sliders, all others are handed back. A file
 * is WCxf when it says `eft`; which EFT is judged by the reader.
 */
export async function takeWcxf(files: readonly File[], store: Store, actions: Actions): Promise<File[]> {
  const rest: File[] = []
  for (const file of files) {
    if (await looksLikeWcxf(file)) await read(file, store, actions)
    else rest.push(file)
  }
  return rest
}

async function looksLikeWcxf(file: File): Promise<boolean> {
  if (!/\.(json|ya?ml)$/i.test(file.name)) return false
  const head = await file.slice(0, sniffedBytes).text()
  return /(^|[{,])\s*["']?eft["']?\s*:/m.test(head)
}

async function read(file: File, store: Store, actions: Actions): Promise<void> {
  store.setState((state) => ({ wcxf: running(state.wcxf, `Reading ${file.name}`) }))
  try {
    if (file.size > largestFileBytes)
      throw new AppError(
        'data/corrupt',
        `${file.name} has ${file.size} bytes, WCxf files of at most ${largestFileBytes} are read.`,
      )
    const text = await file.text()
    const parsed = readWcxf(text, file.name)
    const value: WcxfImport = {
      ...universalCoefficients(parsed),
      name: file.name,
      basis: parsed.basis,
      scaleGeV: parsed.scaleGeV,
    }
    for (const [name, entry] of Object.entries(value.coefficients))
      if (Math.abs(entry) > 100)
        throw new AppError(
          'data/corrupt',
          `${file.name}: ${name} is ${entry} TeV⁻², beyond the ±100 TeV⁻² that the sliders take. WCxf values are in GeV⁻².`,
        )
    store.setState({ wcxf: ready(value) })
    actions.change({ coefficients: value.coefficients, uv: null, focus: { kind: 'live' } })
    const moved = Object.keys(value.coefficients).length
    actions.notify(
      value.messages.length > 0 ? 'warning' : 'info',
      [
        `${file.name} set ${moved} of 17 coefficients at ${parsed.scaleGeV} GeV, without running.`,
        ...value.messages,
      ].join(' '),
    )
  } catch (thrown) {
    const error = AppError.from(thrown).toPlain()
    store.setState((state) => ({ wcxf: failed(state.wcxf, error) }))
    actions.notify('error', error.message)
  }
}
