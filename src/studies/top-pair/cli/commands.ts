import type { CommandTable } from '../../../cli/command.ts'

/** Commands of top pairs, found by their study's folder. */
export const commands: CommandTable = {
  'ttbar-generate': async () => (await import('./ttbar-generate.ts')).ttbarGenerateCommand,
  'ttbar-import': async () => (await import('./ttbar-import.ts')).ttbarImportCommand,
  'ttbar-weights': async () => (await import('./ttbar-weights.ts')).ttbarWeightsCommand,
  'ttbar-partonic': async () => (await import('./ttbar-partonic.ts')).ttbarPartonicCommand,
  'train-ratio': async () => (await import('./train-ratio.ts')).trainRatioCommand,
  'train-ratio-models': async () => (await import('./train-ratio-models.ts')).trainRatioModelsCommand,
  'record-fit': async () => (await import('./record-fit.ts')).recordFitCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  'run-task': async () => (await import('./run-task.ts')).runTaskCommand,
  'feature-study': async () => (await import('./feature-study.ts')).featureStudyCommand,
  fit: async () => (await import('./fit.ts')).fitCommand,
  calibrate: async () => (await import('./calibrate.ts')).calibrateCommand,
}
