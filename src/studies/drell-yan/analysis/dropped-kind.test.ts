import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { droppedKinds } from './dropped-kind.ts'
import { pdfTexts } from './pdf-texts.ts'

const kindOf = async (name: string, content: string) => (await droppedKinds([new File([content], name)]))[0]

it.each([
  ['c04-spectrum.dat', '10.0 10.0 1.0 0.1\n', 'spectra'],
  ['SET_0000.txt', 'PdfType: central\nFormat: lhagrid1\n---\n', 'pdf'],
  ['SET.info (1)', 'SetDesc: "a set"\nNumMembers: 1\n', 'pdf'],
  ['point', 'eft: SMEFT\nbasis: Warsaw\n', 'wcxf'],
  ['point.txt', '\ufeff{"eft": "SMEFT", "basis": "Warsaw"}', 'wcxf'],
  ['card', '{"schemaVersion": 1}', 'model'],
  ['weights.bin', '1,2,3\n', 'spectra'],
  ['weights.bin', '\u0001\u0002', 'spectra'],
  ['page.json', '<!doctype html>', 'spectra'],
])('judges %s by content', async (name, content, kind) => {
  expect(await kindOf(name, content)).toBe(kind)
})

it('looks into what is packed for parton densities, which are then read unpacked', async () => {
  const text = 'PdfType: central\nFormat: lhagrid1\n---\n'
  const packed = new File([gzipSync(text)], 'SET_0000.dat.gz')
  expect(await droppedKinds([packed, new File([gzipSync('1,2\n')], 'a.csv.gz')])).toEqual(['pdf', 'spectra'])
  expect(await pdfTexts([packed])).toEqual([{ name: 'SET_0000.dat', text }])
  const cut = new File([gzipSync(text).subarray(0, 30)], 'cut.dat.gz')
  await expect(pdfTexts([cut])).rejects.toThrow(/^cut\.dat\.gz: /)
})

it('takes JSON beside weights for a model', async () => {
  for (const name of ['weights.bin', 'weights (1)']) {
    const files = [new File(['{"eft": 1}'], 'card.json'), new File(['\0\0'], name)]
    expect(await droppedKinds(files)).toEqual(['model', 'model'])
  }
  const table = [new File(['{"eft": 1}'], 'point.json'), new File(['1,2\n'], 'table.bin')]
  expect(await droppedKinds(table)).toEqual(['wcxf', 'spectra'])
})
