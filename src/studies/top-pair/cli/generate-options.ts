import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'
import { coefficientRange, countRange, massRange, seedRange } from '../../../cli/options/ranges.ts'
import { dipoleOption } from './dipole-option.ts'
import { eventOptions } from './event-options.ts'
import { processOptions } from './top-pair-options.ts'

/** Of the command, and of the threads that share its points. */
export const generateOptions = {
  events: {
    kind: 'number',
    ...countRange(1, 100_000_000),
    default: '100000',
    help: 'phase-space points to draw, before cuts and unweighting',
  },
  seed: {
    kind: 'number',
    ...seedRange,
    default: '1',
    help: 'equal seeds give equal events, whatever --workers is',
  },
  workers: { kind: 'number', ...countRange(1, 64), default: '1', help: 'threads that share the points' },
  ...processOptions,
  'mtt-min': { kind: 'number', ...massRange, default: '0', help: 'lowest m_tt' },
  'mtt-max': { kind: 'number', ...massRange, help: 'highest m_tt; default: the collision energy' },
  ...eventOptions,
  unweight: {
    kind: 'numbers',
    least: 1,
    most: 15,
    ...coefficientRange,
    or: ['sm'],
    help: 'one coefficient per operator: events of equal weight there',
  },
  ctg: { ...dipoleOption.ctg, help: `${dipoleOption.ctg.help}, for --unweight; files hold dim6top's` },
} as const satisfies OptionTable

export type GenerateOptions = OptionValues<typeof generateOptions>
