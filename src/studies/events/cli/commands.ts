import type { CommandTable } from '../../../cli/command.ts'

/** Commands of this study, by name. */
export const commands: CommandTable = {
  'latent-distances': async () => (await import('./latent-distances.ts')).latentDistancesCommand,
  'set-size-curve': async () => (await import('./set-size-curve.ts')).setSizeCurveCommand,
  'place-files': async () => (await import('./place-files.ts')).placeFilesCommand,
  'event-ratio': async () => (await import('./event-ratio.ts')).eventRatioCommand,
  'train-events': async () => (await import('./train-events.ts')).trainEventsCommand,
  'encoder-studies': async () => (await import('./encoder-studies.ts')).encoderStudiesCommand,
  'record-events': async () => (await import('./record-events.ts')).recordEventsCommand,
  'train-events-models': async () => (await import('./train-events-models.ts')).trainEventsModelsCommand,
}
