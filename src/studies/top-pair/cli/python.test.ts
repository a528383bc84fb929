import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readRatioModelFiles } from '../../../ml/ratio/ratio-model-files.ts'
import { applyScaler } from '../../../ml/ratio/scaler.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { readNpy } from '../../../dataset/npy.ts'
import { chainTexts } from '../analysis/fit/chain-texts.ts'
import { makePlan } from '../analysis/plan/make-plan.ts'
import { planFiles } from '../analysis/plan/plan-files.ts'
import { topPairDefaults } from '../default-intent.ts'
import { fitLink } from '../fit-link.ts'

const folder = mkdtempSync(join(tmpdir(), 'python-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What lines of Python print as JSON, or null where there is no python3. */
function python(lines: string[]): unknown {
  const program = ['import sys, json', `sys.path.insert(0, 'python')`, 'import theoryscape as ts', ...lines]
  try {
    return JSON.parse(execFileSync('python3', ['-c', program.join('\n')], { encoding: 'utf8' }))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}

const network = 'models/ratios/tt-1450-1'
const theta = Float64Array.of(0.1, 0.2, 0.3, -0.4)
const samples = {
  ...{ names: ['td8', 'tq8'], theta, weights: Float64Array.of(0.25, 0.75), logL: Float64Array.of(-1, -2) },
}

// Witnesses: our own readers and the network as the page runs it.
it('python/theoryscape.py reads what we write: networks, spectra, chains, plans and links', async ({
  skip,
}) => {
  for (const { name, text } of chainTexts('chain', samples, 2)) writeFileSync(join(folder, name), text)
  const plan = await makePlan({ ...topPairDefaults.fit, preset: 'parton' }, fitLink)
  for (const { name, text } of planFiles(plan)) writeFileSync(join(folder, name), text)
  const { card, network: known } = await readRatioModelFiles({
    card: readFileSync(join(network, 'card.json'), 'utf8'),
    weights: new Uint8Array(readFileSync(join(network, 'weights.bin'))),
  })
  const x = Float32Array.from(card.features, (_, i) => 40 + 7 * i)
  const printed = python([
    `net = ts.RatioNetwork('${network}')`,
    `chain = ts.read_chain('${join(folder, 'chain')}')`,
    `plan = ts.read_plan('${folder}')`,
    `if ts.read_plan('${join(folder, 'plan.json')}') != plan: raise SystemExit(1)`,
    `try: ts.write_plan('${folder}', program=('no-such-program',)); lacks = ''`,
    `except ts.TheoryscapeError as error: lacks = str(error)`,
    `rows = ts.read_spectra('public/data/dy-nc-13tev/sm.npy')`,
    `link = ts.read_link(plan['link'])`,
    `try: ts.read_link(plan['link'].replace('g=3', 'g=2')); refused = ''`,
    `except ts.TheoryscapeError as error: refused = str(error)`,
    `print(json.dumps(dict(outputs=net.outputs([${x.join()}]), chain=chain, means=ts.means(chain),`,
    `  missing=ts.missing_tasks(plan, '${folder}'), spectra=rows, link=link, refused=refused, lacks=lacks,`,
    `  frame=ts.IFrame('https://example.org/#"><script>')._repr_html_())))`,
  ]) as Record<string, unknown> | null
  if (!printed) return skip('there is no python3 here to run python/theoryscape.py')
  const ours = runMlp(known.mlp, applyScaler(known.scaler, x), 1)
  const outputs = printed.outputs as number[]
  expect(outputs).toHaveLength(ours.length)
  outputs.forEach((value, k) => expect(Math.abs(value - ours[k])).toBeLessThan(1e-4))
  expect(printed.chain).toEqual({
    ...{
      names: ['td8', 'tq8'],
      logL: [-1, -2],
      samples: [
        [0.1, 0.2],
        [0.3, -0.4],
      ],
    },
    weights: [expect.closeTo(1 / 3, 8), 1],
  })
  expect(printed.means).toEqual({ td8: expect.closeTo(0.25, 8), tq8: expect.closeTo(-0.25, 8) })
  expect(printed.lacks).toMatch(/^There is no program no-such-program\. Name it: /)
  expect(printed.missing).toEqual(plan.tasks.map(({ id }) => id))
  const { data } = readNpy(new Uint8Array(readFileSync('public/data/dy-nc-13tev/sm.npy')))
  expect((printed.spectra as number[][]).flat()).toEqual(Array.from(data))
  expect(printed.link).toMatchObject({ view: 'fit', state: { 'top-pair': { fit: plan.setup } } })
  expect(printed.refused).toMatch(/^The checksum of the link is [0-9a-f]{8}\.\d+, its text has /)
  expect(printed.frame).toContain('src="https://example.org/#&quot;&gt;&lt;script&gt;"')
})
