import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Command } from '../../../cli/command.ts'
import { uvCommand } from './uv.ts'
import { wcxfCommand } from './wcxf.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-uv-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(command: Command, ...argv: string[]): Promise<unknown> {
  return JSON.parse(JSON.stringify(await command.run(argv, () => undefined))) as unknown
}

it('uv prints coefficients by who sees them', async () => {
  expect(await run(uvCommand, '--model', 'T1', '--mass', '2', '--coupling', 'lambda=2')).toMatchObject({
    massTeV: 2,
    reach: 'couplings',
    drellYan: { cHq1: -3 / 16, cHq3: 1 / 16 },
    topPair: {},
  })
  expect(await run(uvCommand, '--model', 'G', '--mass', '1')).toMatchObject({ topPair: { td8: -1 } })
  expect(await run(uvCommand)).toContainEqual(
    expect.objectContaining({ model: 'S', irreps: ['(1, 1), Y = 0'], drellYan: 'none' }),
  )
})

it('uv refuses what it cannot read', async () => {
  await expect(run(uvCommand, '--model', 'X')).rejects.toThrow(/--model is "X", must be one of S/)
  await expect(run(uvCommand, '--model', 'E', '--coupling', 'lambda')).rejects.toThrow(/name=value/)
  await expect(run(uvCommand, '--model', 'E', '--coupling', 'g=1')).rejects.toThrow(/no coupling "g"/)
  await expect(run(uvCommand, '--model', 'E', '--mass=-1')).rejects.toThrow(
    /--mass is -1, must be a number from 0.5 to 100 TeV/,
  )
})

it('wcxf prints the sliders and what became of every entry', async () => {
  const path = join(folder, 'point.yml')
  writeFileSync(path, 'eft: SMEFT\nbasis: Warsaw\nscale: 1e3\nvalues:\n  phiD: -2.0e-8\n  uphi_33: 1.0e-7\n')
  expect(await run(wcxfCommand, '--in', path)).toMatchObject({
    scaleGeV: 1000,
    coefficients: { cHD: -0.02 },
    entries: [
      { name: 'phiD', perGeV2: -2e-8, perTeV2: -0.02, use: 'used', operator: 'cHD' },
      { name: 'uphi_33', use: 'not seen' },
    ],
    messages: [expect.stringContaining('uphi_33')],
  })
  await expect(run(wcxfCommand, '--in', join(folder, 'none.json'))).rejects.toThrow(/no WCxf file at/)
})

it('wcxf refuses values in TeV^-2, and what no theory has', async () => {
  const path = join(folder, 'tev.json')
  for (const value of ['0.01', '1e308']) {
    writeFileSync(path, `{"eft":"SMEFT","basis":"Warsaw","scale":1000,"values":{"lq3_1111":${value}}}`)
    await expect(run(wcxfCommand, '--in', path)).rejects.toThrow(
      /lq3_1111 is .* GeV⁻², beyond ±0\.0001 GeV⁻²/,
    )
  }
})
