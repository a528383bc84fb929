import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parseManifest } from '../../../dataset/manifest-loader.ts'
import { AppError } from '../../../errors.ts'
import { toySetFiles } from '../../../testing/toy-set.ts'
import { makeCorpusCommand } from './make-corpus.ts'

const folder = mkdtempSync(join(tmpdir(), 'nlo-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const { name, text } of toySetFiles({ info: 'nlo' })) writeFileSync(join(folder, name), text)
const [bare] = toySetFiles({ negativeFrom: 0.1 })
writeFileSync(join(folder, 'Bare_0000.dat'), bare.text)

const out = join(folder, 'made')
const line = (rest: string) =>
  `--out ${out} --universes 10 --replicas 1 ${rest}`.replaceAll('@', `${folder}/`).split(' ')

it('writes a corpus at next-to-leading order with its K', async () => {
  const told: string[] = []
  await makeCorpusCommand.run(line('--spectra mll --order nlo --pdf @Toy_0000.dat'), (text) =>
    told.push(text),
  )
  const manifest = parseManifest(readFileSync(join(out, 'manifest.json')), out)
  expect(manifest).toMatchObject({ cuts: null, qcd: { order: 'nlo', formal: false } })
  expect(manifest.qcd?.kFactor).toHaveLength(42)
  expect(told.join()).not.toContain('formal')
})

it.each([
  ['with p_T', '--order nlo', /p_T and lepton cuts \(bins mll-ptl\).*Choose bins mll/],
  ['with angles', '--spectra mll-fb --order nlo', /lepton angles and cuts \(bins mll-fb\)/],
  ['without alpha_s', '--spectra mll --order nlo --pdf @Bare_0000.dat', /Bare_0000 comes without alpha_s/],
  [
    'of negative luminosities',
    '--spectra mll --pdf @Bare_0000.dat',
    /Bare_0000 gives -[\d.e-]+ pb at \d+ to \d+ GeV/,
  ],
  ['edges that fall', '--spectra mll-y-fb --y-edges 2.4,0.8,0', /runs from 2.4 to 0.8/],
  ['edges that part nothing', '--spectra mll-y-fb --y-edges 0,2.4', /2 edges.*make 1 bin.*at least 3/],
])('refuses one %s', async (_, rest, words) => {
  const thrown: unknown = await makeCorpusCommand
    .run(line(`--out ${folder}/no ${rest}`).slice(2), () => undefined)
    .catch((error: unknown) => error)
  expect(AppError.from(thrown).message).toMatch(words)
})
