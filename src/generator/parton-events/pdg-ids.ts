import { AppError } from '../../errors.ts'
import type { Particle } from '../../physics/amplitudes/particles.ts'

const quarks = ['d', 'u', 's', 'c', 'b', 't']
const leptons = ['e', 've', 'mu', 'vmu', 'tau', 'vtau']
const others: Record<string, number> = {
  ...{ g: 21, photon: 22, Z: 23, W: 24, H: 25, phi: 54, Zp: 55, go: 1_000_021 },
  // Squarks of no flavour stand for a light one.
  sq: 1_000_002,
  ...Object.fromEntries(
    quarks.flatMap((name, i) => [
      [`${name}L`, 1_000_001 + i],
      [`${name}R`, 2_000_001 + i],
    ]),
  ),
}

/** Numbers of particles that no process names. */
export const neutralino = 1_000_022
export const darkMatter = 52

/** PDG number of a leg, negative for antiparticles. */
export function pdgId({ field, anti, name, charge }: Particle): number {
  const quark = quarks.indexOf(field)
  const lepton = leptons.indexOf(field)
  const id = quark >= 0 ? quark + 1 : lepton >= 0 ? 11 + lepton : others[field]
  if (id === undefined) throw new AppError('input/invalid', `${name} has no PDG number here.`)
  return field === 'W' ? id * Math.sign(charge) : anti ? -id : id
}
