import { describe, expect, it } from 'vitest'
import { getDistFiles, posteriorCsv } from './export.ts'
import { type WeightedSamples } from './samples.ts'

describe('exports', () => {
  const samples: WeightedSamples = {
    names: ['c td8', 'c,q'],
    theta: Float64Array.of(1, 2, 3, 4, 5, 6),
    weights: Float64Array.of(0.25, 0, 0.5),
    logL: Float64Array.of(-10, -20, -5),
  }

  it('GetDist chain: weight, minus log-likelihood, parameters; weightless rows left out', () => {
    const { chain, paramNames, ranges } = getDistFiles(samples, [{ min: -2, max: 2 }, {}], ['c_{td}', 'c_q'])
    const rows = chain
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number))
    expect(rows).toEqual([
      [0.5, 10, 1, 2],
      [1, 5, 5, 6],
    ])
    expect(paramNames).toBe('c_td8\tc_{td}\nc,q\tc_q\n')
    expect(ranges).toBe('c_td8 -2 2\nc,q N N\n')
  })

  // How GetDist 1.7 reads them: chains.py (columns), paramnames.py (first blank ends the name, "#" the label),
  // parampriors.py (three fields, N for none), mcsamples.py (sampler of properties.ini).
  it('GetDist files hold what its readers look for', () => {
    const labels = [String.raw`C_{td}^{(8)}/\Lambda^2\ [\mathrm{TeV}^{-2}]`, String.raw`\mathrm{luminosity}`]
    const files = getDistFiles(
      { ...samples, names: ['td8', 'luminosity'] },
      [{ min: -2, max: 2 }, {}],
      labels,
    )
    const lines = (text: string) => text.trimEnd().split('\n')
    const names = lines(files.paramNames).map((line) => /^(\S+)\s+([^#]*)$/.exec(line)!.slice(1))
    expect(names).toEqual([
      ['td8', labels[0]],
      ['luminosity', labels[1]],
    ])
    for (const [name, label] of names) {
      expect(name).not.toMatch(/\*$/) // would be a derived parameter
      expect(label).not.toMatch(/[$!]/) // dollars are added, "!" is read as a backslash
    }
    expect(lines(files.chain).map((line) => line.split(/\s+/).length)).toEqual([
      2 + names.length,
      2 + names.length,
    ])
    const bounds = lines(files.ranges).map((line) => line.split(/\s+/))
    expect(bounds).toEqual([
      ['td8', '-2', '2'],
      ['luminosity', 'N', 'N'],
    ])
    expect(files.properties).toMatch(/^sampler\s*=\s*nested$/m)
  })

  it('CSV keeps every row and quotes names', () => {
    expect(posteriorCsv(samples)).toBe('weight,logL,c td8,"c,q"\n0.25,-10,1,2\n0,-20,3,4\n0.5,-5,5,6\n')
  })
})
