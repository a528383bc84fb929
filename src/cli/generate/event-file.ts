import type { Sections } from '../resumable-run.ts'
import type { EventContent } from './event-content.ts'

/** A file of events in the making. What a checkpoint keeps of it leads to the same bytes again. */
export interface EventFile {
  /** Blocks that go to the file together. */
  readonly blocksAtOnce: number
  append(blocks: readonly EventContent[]): Promise<void>
  state(): Sections
  /** @param crossSectionPb  of all events together [pb], with its error */
  finish(crossSectionPb: number, errorPb: number): Promise<void>
  close(): Promise<void>
}

/** What is written beside the events. */
export interface EventFileSetup {
  path: string
  /** Of an interrupted run; empty at the start. */
  stored: Readonly<Sections>
  /** Process, PDF, seed, parameters. */
  notes: readonly string[]
}
