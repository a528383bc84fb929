import type { CommandTable } from '../../../cli/command.ts'

/** Commands of top multiplicity, found by their study's folder. */
export const commands: CommandTable = {
  'train-transformer': async () => (await import('./train-transformer.ts')).trainTransformerCommand,
  'record-multi-top': async () => (await import('./record-multi-top.ts')).recordMultiTopCommand,
  'evaluate-transformer': async () => (await import('./evaluate-transformer.ts')).evaluateTransformerCommand,
  'entropy-search': async () => (await import('./entropy-search.ts')).entropySearchCommand,
  'transfer-study': async () => (await import('./transfer-study.ts')).transferStudyCommand,
  'mask-event': async () => (await import('./mask-event.ts')).maskEventCommand,
  'learned-purity': async () => (await import('./learned-purity.ts')).learnedPurityCommand,
  'attention-parentage': async () => (await import('./attention-parentage.ts')).attentionParentageCommand,
  'exact-class-limits': async () => (await import('./exact-class-limits.ts')).exactClassLimitsCommand,
  'neutrino-leakage': async () => (await import('./neutrino-leakage.ts')).neutrinoLeakageCommand,
  'multi-top-baselines': async () => (await import('./baselines.ts')).multiTopBaselinesCommand,
}
