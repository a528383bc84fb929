import { describe, expect, it } from 'vitest'
import '../../../testing/matchers.ts'
import type { Command } from '../../../cli/command.ts'
import { anomalyCommand } from './anomaly.ts'
import { classifyCommand } from './classify.ts'
import { limitsCommand } from './limits.ts'
import { retrieveCommand } from './retrieve.ts'

const run = async (command: Command, ...argv: string[]) =>
  command.run(argv, () => undefined) as Promise<Record<string, unknown>>

describe('anomaly', () => {
  it('a resonance is no universe though the map knows no better', async () => {
    const result = await run(anomalyCommand, '--resonance', '400,12,0.25')
    expect(result).toMatchObject({
      shapes: [{ kind: 'resonance', massGeV: 400, widthGeV: 12, strength: 0.25 }],
      fold: { folded: true },
      residual: { degreesOfFreedom: 64, exact: true },
    })
    expect((result.residual as { pValue: number }).pValue).toBeLessThan(1e-4)
  })

  it('evaluates a class, without the curves', async () => {
    const { classes } = await run(
      anomalyCommand,
      ...['--evaluate', '--classes', 'slope-12', '--background', '400', '--anomalies', '100', '--seed', '5'],
    )
    expect(classes).toHaveLength(1)
    const [only] = classes as { scores: Record<string, object> }[]
    expect(Object.keys(only.scores['dy-supcon-2d density'])).toEqual(['auroc', 'truePositives'])
  })

  it.each([
    [['--resonance', '400,12'], '--resonance has 2 numbers, must be mass,width,strength: 3 numbers'],
    [['--universe', '1', '--coefficients', 'clq3=1'], 'name different spectra'],
    [['--universe', '2000'], 'universes 0 to 1999, not 2000'],
    [['--coefficients', 'ctG=1'], 'there is no coefficient "ctG"'],
    [['--coefficients', 'clq3='], 'clq3 must be a number from -100 to 100 TeV^-2'],
    [['--spectrum', 'nowhere.csv'], 'no file of spectra at nowhere.csv'],
  ])('refuses %j', async (argv, message) => {
    await expect(run(anomalyCommand, ...argv)).rejects.toThrow(message)
  })
})

describe('a shape', () => {
  const bump = ['--universe', '0', '--resonance', '400,20,0.2']

  it('is classified, retrieved and scored as the same spectrum', async () => {
    const scored = await run(anomalyCommand, ...bump)
    const classified = await run(classifyCommand, ...bump)
    const retrieved = await run(retrieveCommand, ...bump, '--k', '2000', '--space', 'spectrum')
    expect(retrieved.shapes).toEqual(scored.shapes)
    expect(classified.shapes).toEqual(scored.shapes)
    // Distance to the SM: from the neighbours, from the anomaly score (an average replica) and among the classes.
    const { neighbours } = retrieved as {
      neighbours: { universe: number; places: { spectrum: { distance: number } } }[]
    }
    const sm = neighbours.find(({ universe }) => universe === 0)
    const { chi2, degreesOfFreedom } = scored.chi2ToSm as { chi2: number; degreesOfFreedom: number }
    expect(sm?.places.spectrum.distance).toBeCloseToRel(Math.sqrt(chi2 - degreesOfFreedom), 1e-4)
    const [{ nearest }] = classified.results as { nearest: { pValue: number; decided: boolean } }[]
    expect(nearest.decided).toBe(true)
  })
})

describe('retrieve', () => {
  it('leaves the universe asked about out, and finds a replica of it', async () => {
    const own = await run(retrieveCommand, '--universe', '12', '--k', '5')
    const universes = (result: Record<string, unknown>) =>
      (result.neighbours as { universe: number }[]).map(({ universe }) => universe)
    expect(universes(own)).toHaveLength(5)
    expect(universes(own)).not.toContain(12)
    const bySpectrum = await run(retrieveCommand, '--universe', '12', '--k', '5', '--space', 'spectrum')
    expect(universes(bySpectrum)).not.toEqual(universes(own))
  })

  it('counts the universes within the contours by either convention', async () => {
    const inside = async (convention: string) => {
      const { contours } = await run(retrieveCommand, '--contours', convention)
      return (contours as { map: { universes: number } }[]).map(({ map }) => map.universes)
    }
    const [probability, ellipse] = [await inside('probability'), await inside('ellipse')]
    probability.forEach((count, i) => expect(count).toBeGreaterThanOrEqual(ellipse[i]))
    expect(probability[0]).toBeLessThan(probability[1])
  })
})

describe('limits', () => {
  it('of m_ll alone are those of the notes, within what the m_ll-p_T covariance does not touch', async () => {
    const result = await run(
      limitsCommand,
      ...['--observable', 'mll', '--universes', '10', '--replicas', '4'],
    )
    expect(result.rank).toBe(7)
    // 749, 50.6, 35.0: with statistics, luminosity, PDF and scale of the notes, our own lepton source on top.
    const [first, second, third] = result.singularValues as number[]
    expect(first).toBeCloseTo(748, 0)
    expect(second).toBeCloseTo(50.1, 1)
    expect(third).toBeCloseTo(35.0, 1)
    expect(result.scores).toHaveLength(2)
  })

  it('of a dataset without p_T refuse it', async () => {
    await expect(run(limitsCommand, '--data', 'cms-dy-13tev', '--observable', 'ptl')).rejects.toThrow(
      'must be one of both, mll',
    )
  })
})
