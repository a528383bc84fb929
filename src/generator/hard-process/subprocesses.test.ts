import { describe, expect, it } from 'vitest'
import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { hardProcess, integrated } from '../../testing/hard-processes.ts'

describe('subprocesses', () => {
  it('are put together where |M|² is the same', () => {
    const { groups, leftOut } = hardProcess('p p > t t~ Z', { flavours: 4 })
    expect(groups.map(({ names }) => names)).toEqual([
      ['g g > t t~ Z'],
      ['d d~ > t t~ Z', 's s~ > t t~ Z'],
      ['u u~ > t t~ Z', 'c c~ > t t~ Z'],
    ])
    expect(groups.map(({ partons }) => partons.length)).toEqual([1, 4, 4])
    expect(leftOut).toEqual([])
  })

  it.each([
    ['p p > t', {}, /neither charge nor family/],
    ['p p > Z', {}, /one final particle/],
    ['p p > mu- mu+ j', {}, /leptons/],
    ['p p > Z j', {}, /--pt-min is 0 GeV/],
    ['p p > Z j', { windows: [{ min: 6500, max: Infinity }] }, /13000\.6 GeV, the beams have 13000 GeV/],
    ['g b > t W-', { flavours: 4 as const }, /4 flavours/],
    ['t t~ > g g', {}, /beams/],
    ['p p > Z W+ W-', {}, /has not\. Known/],
    ['p p > graviton j', {}, /no particle "graviton"/],
  ])('%s is refused', (process, over, message) => {
    expect(() => hardProcess(process, over)).toThrow(message)
  })

  it('what is heavier than the beams is refused with both energies', () => {
    const parameters = amplitudeParameters({}, { mTop: 7000 })
    expect(() => hardProcess('p p > t t~', {}, { parameters })).toThrow(/weigh 14000 GeV .* 13000 GeV/)
  })

  it('a process without rate is an error, not 0', () => {
    const toy = toyPdf()
    const pdf = { ...toy, xfxQ2All: (_: number, __: number, out = new Float64Array(11)) => out.fill(0) }
    expect(() => integrated(hardProcess('g g > t t~', {}, { pdf }), 0.02)).toThrow(
      /0 after cuts: 0 of \d+ points/,
    )
  })
})
