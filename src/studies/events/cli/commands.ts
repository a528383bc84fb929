import type { CommandTable } from '../../../cli/command.ts'

/** Commands of this study, by name. */
export const commands: CommandTable = {
  'latent-distances': async () => (await import('./latent-distances.ts')).latentDistancesCommand,
  'set-size-curve': async () => (await import('./set-size-curve.ts')).setSizeCurveCommand,
  'event-ratio': async () => (await import('./event-ratio.ts')).eventRatioCommand,
}
