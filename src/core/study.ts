import type { ComponentType } from 'react'
import type { JobClient } from '../jobs/job-client.ts'
import type { JobMapShape } from '../jobs/protocol.ts'
import type { LinkHashes, LinkPart } from '../share/link-format.ts'
import type { Notice, NoticeChoice } from './app-state.ts'
import type { ReadBundleItem } from '../share/bundle/bundle-format.ts'
import type { Bundled, Unbundled } from './bundling.ts'
import type { Command } from './command.ts'
import type { Facts } from './facts.ts'
import type { NotCarried } from './not-carried.ts'
import type { Platform, WorkerScript } from './platform.ts'
import type { SeenState, StudyStore } from './study-store.ts'
import type { Verb } from './verbs.ts'

/** The types of what a study keeps and asks for. */
export interface StudyModel {
  /** What a person or a link can set. */
  intent: object
  /** What is made of it. */
  state: object
  /** Its jobs, by the script that serves them. */
  jobs: { [script in WorkerScript]?: object }
}

/** All types of a study. */
export interface StudyParts extends StudyModel {
  /** What its views act with. */
  handle: object
}

/** A client of the jobs that one script serves: a job of the other script does not compile. */
export type ClientOf<M> = M extends JobMapShape<M> ? JobClient<M> : never

/** What the page gives to a study. */
export interface StudyContext<P extends StudyModel = StudyModel> {
  readonly store: StudyStore<P['intent'], P['state']>
  readonly platform: Platform
  /** One step of undo; changes of one key in a row (a slider being dragged) are one step. */
  change(patch: Partial<P['intent']> & { view?: Verb }, key?: string): void
  /** Ends a drag: the next change of the same key is a new step of undo. */
  settle(): void
  undo(): void
  notify(tone: Notice['tone'], text: string, choices?: readonly NoticeChoice[]): void
  /** Something is not stored: said, and the badge "not saved" stays from then on. */
  notSaved(text: string): void
  /** Workers that answer this study's jobs of one script, spawned as they are needed. */
  jobs<K extends WorkerScript>(script: K, workers?: number): ClientOf<P['jobs'][K]>
  /** Address of what the page shows, or would show after a change of this study's intent. */
  link(patch?: Partial<P['intent']> & { view?: Verb }): Promise<string>
  /** The study's intent before the last change; undefined where nothing was done yet. */
  before(): P['intent'] | undefined
}

/** A dataset of the menu in the header. */
export interface StudyDataset {
  readonly id: string
  readonly title: string
  /** In the menu only while it is open: links of before name it. */
  readonly earlier?: boolean
}

/** Takes dropped files; asked in order, each study's in turn, the front one first. */
export interface FileTaker<P extends StudyParts = StudyParts> {
  /**
   * The files that are its own whatever is in front: their content says so. All studies are asked, the front one first,
   * before any chooses.
   *
   * @param front  whether its study is in front
   */
  owns?(files: readonly File[], front: boolean): Promise<readonly File[]>
  /** The files that it takes, told by content, and by name only where content cannot tell. */
  choose(files: readonly File[]): Promise<readonly File[]> | readonly File[]
  take(files: readonly File[], handle: P['handle']): Promise<void>
  /** Its `owns` looks at names and paths first, so that it is asked about folders of thousands of files. */
  readonly folders?: true
  /** What a path in a packed folder of its own holds; absent: it takes none. */
  readonly packed?: RegExp
}

/** One of its views. */
export interface StudyView {
  /** What is done there, as a command: "Explore the map". */
  phrase: string
  load: () => Promise<ComponentType>
}

/**
 * A study: one process or question with its data, physics, networks and views. The descriptor is light; everything
 * heavy comes by import() when it is asked for.
 */
export interface Study<P extends StudyParts = StudyParts> {
  readonly id: string
  /** Its process, as the header names it. */
  readonly title: string
  readonly datasets: readonly StudyDataset[]
  /** What its schema makes of nothing, written out so that the first paint does not wait for the schema. */
  readonly defaults: P['intent']
  readonly emptyState: P['state']
  readonly views: { readonly [verb in Verb]?: StudyView }
  /** Starts its effects and gives its actions; called once, when the study is first shown. */
  open(context: StudyContext<P>): Promise<P['handle']>
  /** How links keep its intent. */
  linkPart(): Promise<LinkPart>
  /** Dataset of the menu that an intent shows; null for one made in the page. */
  datasetOf(intent: P['intent']): string | null
  /** What the menu calls a dataset made in the page; null where it has no name of its own. */
  nameOfMade?(state: P['state'], intent: P['intent']): string | null
  /** What to change so that a dataset of the menu is shown. */
  showDataset(intent: P['intent'], id: string): Partial<P['intent']>
  /** A few words for the header, on what is open. */
  describe?(state: P['state']): string
  /** An intent from a link with ids that this page has, and what was changed. */
  check?(intent: P['intent'], platform: Platform): Promise<{ intent: P['intent']; notes: string[] }>
  /** Of what is open, for links. */
  hashes?(state: P['state']): LinkHashes
  /** What is on the page and in no link: dropped files, results, models of one's own. */
  notCarried?(state: P['state'], intent: P['intent']): Promise<readonly NotCarried[]>
  /** The same for a bundle: dropped files, models of one's own, results. */
  bundled?(handle: P['handle']): Promise<Bundled>
  /**
   * Reads what `bundled` gave, here or in another browser; by itself it changes nothing.
   *
   * @throws AppError where an item cannot be read, or not now
   */
  unbundle?(items: readonly ReadBundleItem[], handle: P['handle']): Promise<Unbundled>
  /**
   * Of what the link that was just opened does not carry: what this browser lacks as well, and `check` does not tell.
   *
   * @param asked  as the link says it
   */
  lacking?(
    lacks: readonly NotCarried[],
    asked: P['intent'],
    context: StudyContext<P>,
  ): Promise<readonly NotCarried[]>
  /** Says so when what a link opened is not what it was made with, and lets the reader leave it. */
  compareHashes?(context: StudyContext<P>, hashes: LinkHashes, leave: NoticeChoice): Promise<void>
  readonly takes?: readonly FileTaker<P>[]
  /** Every action of the study, for Ctrl-K. */
  commands?(open: () => Promise<P['handle']>): Promise<readonly Command[]>
  /**
   * What lessons ask of it. They are made of what is on the page: cheap enough for every change, and the same for the same
   * state.
   */
  facts?(): Promise<{ of(state: SeenState<P['intent'], P['state']>): Facts }>
  /** Manifest of the dataset that has been opened and read, to be kept with its folder for visits without a network. */
  keepOffline?(state: P['state'], intent: P['intent']): string | undefined
}
