import type { CommandTable } from '../../../cli/command.ts'

/** Commands of Drell-Yan, found by their study's folder. */
export const commands: CommandTable = {
  spectrum: async () => (await import('./spectrum.ts')).spectrumCommand,
  measure: async () => (await import('./measure.ts')).measureCommand,
  uv: async () => (await import('./uv.ts')).uvCommand,
  wcxf: async () => (await import('./wcxf.ts')).wcxfCommand,
  anomaly: async () => (await import('./anomaly.ts')).anomalyCommand,
  universes: async () => (await import('./universes.ts')).universesCommand,
  retrieve: async () => (await import('./retrieve.ts')).retrieveCommand,
  'measured-a4': async () => (await import('./measured-a4.ts')).measuredA4Command,
  limits: async () => (await import('./limits.ts')).limitsCommand,
  classify: async () => (await import('./classify.ts')).classifyCommand,
  encode: async () => (await import('./encode.ts')).encodeCommand,
  'train-encoder': async () => (await import('./train-encoder.ts')).trainEncoderCommand,
  'make-corpus': async () => (await import('./make-corpus.ts')).makeCorpusCommand,
  'make-data': async () => (await import('./make-data.ts')).makeDataCommand,
  'train-models': async () => (await import('./train-models.ts')).trainModelsCommand,
  'make-first-picture': async () => (await import('./make-first-picture.ts')).makeFirstPictureCommand,
  'record-drell-yan': async () => (await import('./record-drell-yan.ts')).recordDrellYanCommand,
  'check-generated': async () => (await import('./check-generated.ts')).checkGeneratedCommand,
}
