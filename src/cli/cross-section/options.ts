import { collisionEnergyRange, scaleRange, seedRange } from '../options/ranges.ts'
import type { OptionTable } from '../options/option.ts'
import { pdfOption } from '../pdf-option.ts'
import { mediatorOption, setOption } from './parameters.ts'
import type { OptionValues } from '../options/option-values.ts'

export const ptRange = { min: 0, max: 100_000, unit: 'GeV' }

/** What decides a hard process, beside bins of pT. */
export const collisionOptions = {
  process: {
    required: true,
    kind: 'text',
    most: 400,
    help: '"g g > t t~ t t~"; p is any parton of the beams, j any in the final state; single partons are taken from either beam; ", Zp > chi chi~" or ", phi > chi chi~" behind it lets a mediator decay to dark matter along its line shape; ", Z > vl vl~", ", Z > l+ l-", ", W+ > l+ vl", ", W- > l- vl~" (three families) let these decay so alone; "p p > W+ j; p p > W- j" is a sum',
  },
  pdf: pdfOption,
  sqrts: { kind: 'number', ...collisionEnergyRange, default: '13000', help: 'energy of the collision' },
  mu: {
    kind: 'number',
    ...scaleRange,
    or: ['ht/2'],
    default: 'ht/2',
    help: 'scale of couplings and densities; ht/2: half the sum of the transverse masses of the final particles',
  },
  flavours: { kind: 'choice', choices: ['4', '5'], default: '5', help: 'quark flavours in p and j' },
  set: setOption,
  mediator: mediatorOption,
  'pt-min': {
    kind: 'number',
    ...ptRange,
    help: 'lowest pT of every gluon and massless quark in the final state, or of the first particle where there is none; default: the first of --pt-bins, or 0',
  },
  seed: {
    kind: 'number',
    ...seedRange,
    default: '1',
    help: 'equal seeds give equal results, whatever --workers is',
  },
} as const satisfies OptionTable

/** What a hard process is made of, also in the threads that share its points. */
export type CollisionOptions = OptionValues<typeof collisionOptions> & { 'pt-bins'?: number[] }
