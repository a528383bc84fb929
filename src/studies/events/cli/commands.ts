import type { CommandTable } from '../../../cli/command.ts'

/** Commands of this study, by name. */
export const commands: CommandTable = {
  'latent-distances': async () => (await import('./latent-distances.ts')).latentDistancesCommand,
  'event-ratio': async () => (await import('./event-ratio.ts')).eventRatioCommand,
}
