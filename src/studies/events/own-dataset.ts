import type { ChannelName } from '../../dataset/dark-machines/channels.ts'

/** Dataset whose models are files of one's own. */
export const ownDataset = { id: 'events-files', title: 'Your files' } as const

/** Selections of the Dark Machines challenge that their events may have to pass. */
export const channels = ['1', '2a', '2b', '3'] as const satisfies readonly ChannelName[]
