import { expect, it, vi } from 'vitest'
import { AppError } from '../../../errors.ts'
import { smallApp } from '../../../testing/small-app.ts'
import { importWcxf } from '../analysis/wcxf-import.ts'
import { createFileActions } from './file-actions.ts'

function app() {
  const made = smallApp({ coefficients: { cHD: 1 } })
  const none = () => expect.unreachable('no classifier was dropped')
  const files = createFileActions(made.context, made.services, made.actions, none, () => undefined)
  /** Drops a WCxf file, which the worker reads. */
  async function drop(text: string, name: string): Promise<void> {
    const dropping = files.drop([new File([text], name)])
    const job = await vi.waitFor(() => made.compute.newest('read-wcxf'))
    await importWcxf(job.request).then(
      (read) => job.finish(read),
      (thrown: unknown) => job.fail(AppError.from(thrown)),
    )
    await dropping
  }
  return { ...made, files, drop }
}
const wcxf = (values: object, more: object = {}) =>
  JSON.stringify({ eft: 'SMEFT', basis: 'Warsaw', scale: 91.1876, values, ...more })

it('a WCxf file sets the sliders in one step of undo and is told', async () => {
  const { drop, store, actions, notices } = app()
  await drop(wcxf({ phie_11: 2e-7, phie_22: 2e-7, phie_33: 2e-7 }), 'point.json')
  const { intent, wcxf: imported } = store.getState()
  expect(intent.coefficients).toEqual({ cHe: 0.2 })
  expect(imported.value).toMatchObject({ name: 'point.json', basis: 'Warsaw', scaleGeV: 91.1876 })
  expect(notices().at(-1)).toMatchObject({
    tone: 'info',
    text: expect.stringContaining('set 1 of 17') as string,
  })
  actions.undo()
  expect(store.getState().intent.coefficients).toEqual({ cHD: 1 })
})

it('YAML too; what is not universal is a warning', async () => {
  const { drop, store, notices } = app()
  const text = 'eft: SMEFT\nbasis: Warsaw up\nscale: 1000\nvalues:\n  lq3_1111: 1.0e-8\n  nonsense: 1.0\n'
  await drop(text, 'point.yml')
  expect(store.getState().intent.coefficients).toEqual({ clq3: 0.01 })
  const last = notices().at(-1)
  expect(last?.tone).toBe('warning')
  expect(last?.text).toMatch(/lq3 is not the same for all families.*nonsense/)
})

it.each([
  ['another basis', { basis: 'SILH' }, {}, /basis/],
  [
    'values in TeV⁻² by mistake',
    {},
    { phiD: 0.01 },
    /point\.json: phiD is 0\.01 GeV⁻², beyond ±0\.0001 GeV⁻² = ±100 TeV⁻²/,
  ],
  ['a value that overflows', {}, { lq3_1111: 1e308 }, /lq3_1111 is 1e\+308 GeV⁻², beyond/],
])('%s is refused and the sliders stay', async (_, more, values, words) => {
  const { drop, store, notices } = app()
  await drop(wcxf(values, more), 'point.json')
  expect(store.getState().intent.coefficients).toEqual({ cHD: 1 })
  expect(store.getState().wcxf.status).toBe('failed')
  expect(notices().at(-1)?.text).toMatch(words)
})

it('other JSON goes where it always went', async () => {
  const { files, store } = app()
  await files.drop([new File(['{"schemaVersion":1}'], 'card.json')])
  expect(store.getState().wcxf.status).toBe('idle')
  expect(store.getState().imported.status).toBe('failed') // no dataset is open
})

it('a file that is too large is refused before it is read', async () => {
  const { files, store, compute, notices } = app()
  await files.drop([new File([wcxf({}), ' '.repeat(1 << 20)], 'point.json')])
  expect(compute.count('read-wcxf')).toBe(0)
  expect(store.getState().wcxf.status).toBe('failed')
  expect(notices().at(-1)?.text).toMatch(/point\.json has \d+ bytes, WCxf files of at most 1048576 are read/)
})
