import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { frontOf } from '../core/front.ts'
import { droppedIn } from '../core/dropped.ts'
import type { Command } from '../core/command.ts'
import type { NotCarried } from '../core/not-carried.ts'
import type { OpenStudies } from '../core/open-studies.ts'
import type { Study } from '../core/study.ts'
import { verbLabels, verbs } from '../core/verbs.ts'
import { lazyPart } from '../ui/common/lazy-part.tsx'
import { PanelBoundary } from '../ui/common/PanelBoundary.tsx'
import { Toasts } from '../ui/common/Toasts.tsx'
import { useShell, useShellActions, useShellStore, type Shell } from '../ui/shell-context.tsx'
import { DatasetMenu } from './DatasetMenu.tsx'
import type { StudyViews } from './study-views.tsx'
import { ThemeButton, useTheme } from './ThemeButton.tsx'

const loadPalette = () => import('./palette.ts')
const Learn = lazyPart(async () => (await import('../lessons/Learn.tsx')).Learn, null)
const CommandPalette = lazyPart(async () => (await loadPalette()).CommandPalette, null)
const AboutDialog = lazyPart(async () => (await import('./about/AboutDialog.tsx')).AboutDialog, null)
/** By then the first picture has been drawn. */
const quietMs = 3000

export interface AppProps {
  studies: readonly Study[]
  open: OpenStudies
  views: StudyViews
  /** Address of what the page shows, with the hashes of what is open, and what of it no link carries. */
  shared: () => Promise<{ link: string; lacks: readonly NotCarried[] }>
  drop: Shell['drop']
  /** Saves what the page shows with all that no link carries. */
  saveBundle: () => Promise<void>
}

/** The shell: navigation, what is open, share, and the view of the study in front. */
export function App({ studies, open, views, shared, drop, saveBundle }: AppProps) {
  const store = useShellStore()
  const actions = useShellActions()
  const view = useShell((state) => state.intent.view)
  const chosen = useShell((state) => state.intent.study)
  const { place, hide, projector } = useShell((state) => state.intent.learn)
  const front = useMemo(
    () => ({ view, ...frontOf({ study: chosen, view }, studies) }),
    [chosen, view, studies],
  )
  const list = place === 'list'
  // The navigation answers at once; a view that takes long to put together follows, and gives way to the next click.
  const shown = useDeferredValue(front)
  const { study, insteadOf } = shown
  const View = views[study.id][shown.view]
  const notices = useShell((state) => state.notices)
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [aboutOpen, setAboutOpen] = useState(false)
  const showAbout = useCallback(() => setAboutOpen(true), [])
  const [commands, setCommands] = useState<readonly Command[] | null>(null)
  const theme = useTheme()

  const share = useCallback(async (): Promise<void> => {
    const [{ link, lacks }, { tellLink }] = await Promise.all([shared(), loadPalette()])
    await tellLink(link, lacks, actions, saveBundle)
  }, [shared, actions, saveBundle])

  const chooser = useRef<HTMLInputElement>(null)
  const chooseFiles = useCallback(() => chooser.current?.click(), [])

  const targets = useMemo(
    () => ({
      ...{ studies, store, actions, open, share, saveBundle, chooseFiles, showAbout },
      toggleTheme: theme.toggle,
    }),
    [studies, store, actions, open, share, saveBundle, chooseFiles, showAbout, theme.toggle],
  )

  const dismiss = useCallback((id: string) => actions.dismiss(Number(id)), [actions])

  useEffect(() => {
    document.title = `${list ? 'Learn' : verbLabels[view]} · Theoryscape`
  }, [view, list])

  // What had the focus may have gone with the last view: the keyboard goes on from the new one.
  const before = useRef(shown.view)
  useEffect(() => {
    if (before.current !== shown.view && document.activeElement === document.body)
      document.getElementById('main')?.focus({ preventScroll: true })
    before.current = shown.view
  }, [shown.view])

  const prepare = useCallback(async (): Promise<void> => {
    const { appCommands } = await loadPalette()
    setCommands(await appCommands(targets, chosen))
  }, [targets, chosen])

  // Who types at once after Ctrl-K must not lose the first letters: all is at hand before.
  useEffect(() => {
    const timer = setTimeout(() => void prepare().catch(() => undefined), paletteOpen ? 0 : quietMs)
    return () => clearTimeout(timer)
  }, [prepare, paletteOpen])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'k') {
        event.preventDefault()
        setPaletteOpen((shown) => !shown)
      }
      if (key !== 'z') return
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
        const { type } = event.target as HTMLInputElement
        if (type !== 'range' && type !== 'checkbox' && type !== 'radio') return // text fields undo themselves
      }
      event.preventDefault()
      if (event.shiftKey) actions.redo()
      else actions.undo()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [actions])

  return (
    <div
      className="app"
      data-hide={hide.join(' ') || undefined}
      data-projector={projector || undefined}
      onDragOver={(event) => {
        if ([...event.dataTransfer.types].includes('Files')) event.preventDefault()
      }}
      onDrop={(event) => {
        if (event.defaultPrevented) return
        event.preventDefault()
        const { files, folders } = droppedIn(event.dataTransfer)
        void drop(files, folders)
      }}
    >
      {/* For who cannot drag; opened by a command. */}
      <input
        ref={chooser}
        type="file"
        hidden
        multiple
        aria-label="Files to open"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // Emptied so that choosing the same file again is a change.
          event.target.value = ''
          if (files.length > 0) void drop(files)
        }}
      />
      {/* A button, not a link to #main: the hash is the analysis. */}
      <button
        type="button"
        className="skip-link button"
        onClick={() => document.getElementById('main')?.focus()}
      >
        Skip to content
      </button>
      <header className="app-head">
        <button
          type="button"
          className="brand"
          title="About and Cite: version, licences, BibTeX"
          onClick={showAbout}
        >
          Theoryscape
        </button>
        <nav aria-label="Views" className="app-nav" data-control="views">
          {verbs.map((id) => (
            <button
              key={id}
              type="button"
              className="nav-item"
              aria-current={id === view && !list ? 'page' : undefined}
              onClick={() => actions.go(id)}
            >
              {verbLabels[id]}
            </button>
          ))}
          <button
            type="button"
            className="nav-item"
            aria-current={list ? 'page' : undefined}
            onClick={() => actions.learn({ place: 'list' })}
          >
            Learn
          </button>
        </nav>
        <DatasetMenu studies={studies} study={front.study} />
        <div className="app-actions">
          <HistoryButtons />
          <button
            type="button"
            className="button button-quiet"
            data-control="commands"
            onClick={() => setPaletteOpen(true)}
          >
            Commands <kbd className="wide-only">Ctrl K</kbd>
          </button>
          <ThemeButton theme={theme} />
          <button
            type="button"
            className="button button-primary"
            data-control="share"
            onClick={() => void share()}
          >
            Share
          </button>
        </div>
      </header>
      <div className="app-body" data-learn={list ? 'list' : place === null ? undefined : 'lesson'}>
        {place !== null && (
          <PanelBoundary title="Learn">
            <Learn studies={studies} />
          </PanelBoundary>
        )}
        <main id="main" className="app-main" tabIndex={-1}>
          {insteadOf && !list && (
            <p className="instead small" role="status">
              {insteadOf.title} has no {verbLabels[shown.view]}: shown is that of {study.title}. Back returns
              to where you were.
            </p>
          )}
          {!list && (
            <PanelBoundary key={`${study.id} ${shown.view}`} title={verbLabels[shown.view]}>
              {View && <View />}
            </PanelBoundary>
          )}
        </main>
      </div>
      {paletteOpen && commands && (
        <PanelBoundary title="Commands">
          <CommandPalette commands={commands} onOpenChange={setPaletteOpen} />
        </PanelBoundary>
      )}
      {aboutOpen && (
        <PanelBoundary title="About and Cite">
          <AboutDialog onClose={() => setAboutOpen(false)} notify={(text) => actions.notify('info', text)} />
        </PanelBoundary>
      )}
      <Toasts
        toasts={notices.map(({ id, tone, text, times, choices }) => ({
          id: String(id),
          message: text,
          times,
          choices,
          tone: tone === 'error' ? 'bad' : tone === 'warning' ? 'warn' : 'plain',
        }))}
        onDismiss={dismiss}
      />
    </div>
  )
}

function HistoryButtons() {
  const actions = useShellActions()
  const canUndo = useShell((state) => state.past.length > 0)
  const canRedo = useShell((state) => state.future.length > 0)
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        data-control="history"
        disabled={!canUndo}
        onClick={() => actions.undo()}
      >
        Undo
      </button>
      <button
        type="button"
        className="button button-quiet wide-only"
        data-control="history"
        disabled={!canRedo}
        onClick={() => actions.redo()}
      >
        Redo
      </button>
    </>
  )
}
