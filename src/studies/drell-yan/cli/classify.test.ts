import { describe, expect, it } from 'vitest'
import { classifierMethods } from '../../../ml/classifier/classifier-config.ts'
import { classifyCommand } from './classify.ts'

interface Answer {
  classifier: { method: string; classes: number }
  results: {
    spectrum: string
    classes: { universe: number; learned: number; scaled: number; exact: number }[]
    exactEntropy: number
    sets: { lac: number[]; aps: number[] }
    none: { decided: boolean }
    uncertainty: { knowledge: number | null }
  }[]
}

const run = async (...argv: string[]): Promise<Answer> =>
  classifyCommand.run(argv, () => undefined) as Promise<Answer>

describe('classify', () => {
  it.each(['dpn', 'ensemble'] as const)('the shipped %s knows a replica of a universe', async (method) => {
    const { classifier, results } = await run('--universe', '5', '--replica', '0', '--method', method)
    expect(classifier).toMatchObject({ method, classes: 100 })
    const [{ classes, sets, none, uncertainty, spectrum, exactEntropy }] = results
    expect(spectrum).toBe('universe 5, replica 0')
    expect(classes[0].universe).toBe(5)
    expect(classes[0].exact).toBeGreaterThan(0.9)
    expect(exactEntropy).toBeLessThan(0.5)
    expect(classes[0].scaled).toBeGreaterThan(0.8)
    expect(sets.lac).toContain(5)
    expect(none.decided).toBe(false)
    expect(uncertainty.knowledge).toBeGreaterThanOrEqual(0)
  })

  it('reads a file of spectra', async () => {
    const { results } = await run('--spectrum', 'public/data/dy-nc-13tev/sm.npy')
    expect(results[0].classes[0].universe).toBe(0)
  })

  it('trains what is not shipped', async () => {
    const { classifier, results } = await run(
      ...['--universe', '0', '--method', 'softmax', '--classes', '5', '--steps', '60'],
    )
    expect(classifier).toMatchObject({ method: 'softmax', classes: 5 })
    expect(results[0].classes).toHaveLength(5)
    expect(classifierMethods).toContain('softmax')
  })

  it.each([
    [[], /either --spectrum FILE or --universe N/],
    [['--universe', '2000'], /universes 0 to 1999/],
    [['--spectrum', 'nowhere.npy'], /no file of spectra at nowhere.npy/],
    [['--universe', '1', '--method', 'oracle'], /must be one of dpn/],
  ])('refuses %j', async (argv, message) => {
    await expect(run(...argv)).rejects.toThrow(message)
  })
})
