import { expect, it } from 'vitest'
import { topPairDefaults } from '../default-intent.ts'
import { setupNames, namedSetups } from '../named-setups.ts'
import { fitSchema } from '../intent.ts'
import { setupNameOf, setupNamed } from '../views/setup-choice.ts'
import { parseOptions } from '../../../cli/arguments.ts'
import { fitSetupOptions, setupFromOptions } from './fit-options.ts'

const setupFrom = (line: string) => setupFromOptions(parseOptions(fitSetupOptions, line.split(' ')).values)

it('has the defaults of the schema where none of it is loaded yet', () => {
  expect(topPairDefaults.fit).toEqual(fitSchema.parse({}))
})

it.each(setupNames)('%s is one set-up for page, command and schema', (name) => {
  const { setup } = namedSetups[name]
  expect(fitSchema.parse(setup)).toEqual(setup)
  expect(setupNamed(name)).toEqual(setup)
  expect(setupNameOf(setup)).toBe(name)
  expect(setupFrom(`--preset ${name}`)).toEqual(setup)
})

it('takes every field of a link as an option', () => {
  const linked = fitSchema.parse({
    ...namedSetups.energetic.setup,
    ...{ operators: ['td8', 'tG'], mode: 'linear', sqrtSGeV: 14_000, mttMinGeV: 900, selection: 'none' },
    ...{ smearing: true, preset: 'positive', trainingPoints: 2000, epochs: 7, replicas: 2 },
    ...{ calibratedRatios: false, truth: { td8: 0.5 }, observedEvents: 5000, poisson: true },
    ...{ binning: { observable: 'm_tt', bins: 7 }, binned: 'gauss-expected', priorHalfWidth: 3 },
    ...{ luminosity: { relativeError: 0.02, treatment: 'sampled' }, livePoints: 400, seed: 9 },
  })
  expect(
    setupFrom(
      [
        '--preset energetic,positive --operators td8,tG --linear --sqrts 14000 --mtt-min 900',
        '--selection none --smearing --training-points 2000 --epochs 7 --replicas 2 --raw-ratios',
        '--truth td8=0.5 --events 5000 --poisson --observable m_tt --bins 7 --binned gauss-expected',
        '--luminosity-error 0.02 --luminosity-treatment sampled --prior 3 --live 400 --seed 9',
      ].join(' '),
    ),
  ).toEqual(linked)
})

it('bins what only the truth knows, and keeps the truth of fitted operators alone', () => {
  const setup = setupFrom('--preset thesis-inspired --observable cos_theta --operators td8')
  expect(setup.binning).toEqual({ observable: 'cos_theta', bins: 10 })
  expect(setup.truth).toEqual({ td8: 0.45 })
})

it('leaves presets as they are', () => {
  setupFrom('--preset sm-inclusive --bins 7 --luminosity-error 0.1')
  expect(namedSetups['sm-inclusive'].setup.binning.bins).toBe(10)
  expect(topPairDefaults.fit.luminosity.relativeError).toBe(0)
})
