import { studies } from '../studies/studies.ts'
import type { CommandTable } from './command.ts'

const general: CommandTable = {
  pdf: async () => (await import('./commands/pdf.ts')).pdfCommand,
  nested: async () => (await import('./commands/nested.ts')).nestedCommand,
  amplitude: async () => (await import('./commands/amplitude.ts')).amplitudeCommand,
  generate: async () => (await import('./commands/generate.ts')).generateCommand,
  shower: async () => (await import('./commands/shower.ts')).showerCommand,
  'make-grids': async () => (await import('./commands/trained-grids.ts')).makeGridsCommand,
  'check-grids': async () => (await import('./commands/trained-grids.ts')).checkGridsCommand,
  'make-samples': async () => (await import('./commands/samples.ts')).makeSamplesCommand,
  'check-samples': async () => (await import('./commands/samples.ts')).checkSamplesCommand,
  'cross-section': async () => (await import('./commands/cross-section.ts')).crossSectionCommand,
  'compare-events': async () => (await import('./commands/compare-events.ts')).compareEventsCommand,
  'channel-yields': async () => (await import('./commands/channel-yields.ts')).channelYieldsCommand,
}

/** Each study has its commands in cli/commands.ts of its folder. */
async function ofStudy(id: string): Promise<CommandTable> {
  const { commands } = (await import(`../studies/${id}/cli/commands.ts`)) as { commands: CommandTable }
  return commands
}

const tables = await Promise.all(studies.map(({ id }) => ofStudy(id)))

/** Every command by name; loaded when it is asked for. */
export const commands: CommandTable = Object.assign({}, general, ...tables)
