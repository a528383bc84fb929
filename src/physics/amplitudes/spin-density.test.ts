import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { randomMomenta } from '../../testing/random-momenta.ts'
import { createRng } from '../../numerics/rng.ts'
import { createHelicityAmplitudes } from './create-process.ts'
import { DecayContraction, decayWeight, type SpinVector } from './decays.ts'
import { amplitudeParameters } from './parameters.ts'
import { legsOf, parseProcess } from './process.ts'
import { SpinDensity, spinWeight } from './spin-density.ts'
import { squaredTensor } from './tensor.ts'

const parameters = amplitudeParameters()

it.each([['g g > t t~'], ['g b > t W-'], ['u u~ > t t~ Z'], ['u u~ > t t~ t t~']])(
  '%s: weights of decays one after the other multiply to the weight of all together',
  (name) => {
    const process = parseProcess(name)
    const tensor = createHelicityAmplitudes(process, parameters).amplitudes(
      randomMomenta(process, parameters, 1200, 3),
    )
    const rng = createRng(5)
    const spins = legsOf(process).map(({ field }, leg): SpinVector | undefined => {
      if (leg < 2 || !['t', 'W', 'Z'].includes(field)) return undefined
      return Float64Array.from({ length: 2 * tensor.helicities[leg] }, () => rng.normal())
    })
    const expected = decayWeight(new DecayContraction(spins), tensor, spins, squaredTensor(tensor))
    for (const order of [spins.keys(), spins.map((_, leg) => leg).reverse()]) {
      const chain = new SpinDensity()
      chain.start(tensor)
      let weight = 1
      for (const leg of order) {
        const spin = spins[leg]
        if (!spin) continue
        const density = new Float64Array(2 * tensor.helicities[leg] ** 2)
        chain.density(leg, density)
        weight *= spinWeight(density, spin)
        chain.fold(leg, spin)
      }
      expect(weight).toBeCloseToRel(expected, 1e-10)
    }
  },
)
