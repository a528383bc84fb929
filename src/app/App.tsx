import { useCallback, useEffect, useRef, useState } from 'react'
import type { ViewName } from '../share/schema.ts'
import { useApp, useAppState } from '../views/app-context.tsx'
import { lazyPart } from '../views/common/lazy-part.tsx'
import { PanelBoundary } from '../views/common/PanelBoundary.tsx'
import { Progress } from '../views/common/Progress.tsx'
import { Toasts } from '../views/common/Toasts.tsx'
import { linkHashes } from '../views/explore/provenance.ts'
import { ExploreView } from '../views/explore/ExploreView.tsx'
import { ThemeButton, useTheme } from './ThemeButton.tsx'

const opening = <Progress label="Opening the view" />
const CompareView = lazyPart(
  async () => (await import('../views/compare/CompareView.tsx')).CompareView,
  opening,
)
const InterpretView = lazyPart(
  async () => (await import('../views/interpret/InterpretView.tsx')).InterpretView,
  opening,
)
const TrainView = lazyPart(async () => (await import('../views/train/TrainView.tsx')).TrainView, opening)
const FitView = lazyPart(async () => (await import('../views/fit/FitView.tsx')).FitView, opening)
const DataView = lazyPart(async () => (await import('../views/data/DataView.tsx')).DataView, opening)

const loadPalette = () => import('./Palette.tsx')
const Palette = lazyPart(async () => (await loadPalette()).Palette, null)
/** By then the first picture has been drawn. */
const quietMs = 3000

const views: { id: ViewName; label: string }[] = [
  { id: 'explore', label: 'Explore' },
  { id: 'compare', label: 'Compare' },
  { id: 'interpret', label: 'Interpret' },
  { id: 'train', label: 'Train' },
  { id: 'fit', label: 'Fit' },
  { id: 'data', label: 'Data' },
]

/** The shell: navigation, what is open, share, and the view. */
export function App() {
  const { actions, files, store } = useApp()
  const view = useAppState((state) => state.intent.view)
  const notices = useAppState((state) => state.notices)
  const [paletteOpen, setPaletteOpen] = useState(false)
  const theme = useTheme()

  const share = useCallback(async (): Promise<void> => {
    const state = store.getState()
    const { encodeLink } = await import('../share/encode-link.ts')
    const link = await encodeLink(state.intent, linkHashes(state))
    const { origin, pathname } = window.location
    window.history.replaceState(null, '', link)
    try {
      await navigator.clipboard.writeText(`${origin}${pathname}${link}`)
      actions.notify('info', 'Link copied. It opens to exactly this analysis.')
    } catch {
      actions.notify('info', 'The link is in the address bar: copy it from there.')
    }
  }, [store, actions])

  const dismiss = useCallback((id: string) => actions.dismiss(Number(id)), [actions])

  useEffect(() => {
    const label = views.find(({ id }) => id === view)?.label
    document.title = `${label} · Theoryscape`
  }, [view])

  // What had the focus may have gone with the last view: the keyboard goes on from the new one.
  const shown = useRef(view)
  useEffect(() => {
    if (shown.current !== view && document.activeElement === document.body)
      document.getElementById('main')?.focus({ preventScroll: true })
    shown.current = view
  }, [view])

  // Who types at once after Ctrl-K must not lose the first letters.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), quietMs)
    return () => clearTimeout(timer)
  }, [])

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
      onDragOver={(event) => {
        if ([...event.dataTransfer.types].includes('Files')) event.preventDefault()
      }}
      onDrop={(event) => {
        if (event.defaultPrevented) return
        event.preventDefault()
        void files.drop([...event.dataTransfer.files])
      }}
    >
      {/* A button, not a link to #main: the hash is the analysis. */}
      <button
        type="button"
        className="skip-link button"
        onClick={() => document.getElementById('main')?.focus()}
      >
        Skip to content
      </button>
      <header className="app-head">
        <span className="brand">Theoryscape</span>
        <nav aria-label="Views" className="app-nav">
          {views.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              className="nav-item"
              aria-current={id === view ? 'page' : undefined}
              onClick={() => actions.change({ view: id })}
            >
              {label}
            </button>
          ))}
        </nav>
        {view !== 'fit' && <OpenDatasetLine />}
        <div className="app-actions">
          <HistoryButtons />
          <button type="button" className="button button-quiet" onClick={() => setPaletteOpen(true)}>
            Commands <kbd className="wide-only">Ctrl K</kbd>
          </button>
          <ThemeButton theme={theme} />
          <button type="button" className="button button-primary" onClick={() => void share()}>
            Share
          </button>
        </div>
      </header>
      <main id="main" className="app-main" tabIndex={-1}>
        <PanelBoundary key={view} title={views.find(({ id }) => id === view)?.label ?? view}>
          {view === 'explore' && <ExploreView />}
          {view === 'compare' && <CompareView />}
          {view === 'interpret' && <InterpretView />}
          {view === 'train' && <TrainView />}
          {view === 'fit' && <FitView />}
          {view === 'data' && <DataView />}
        </PanelBoundary>
      </main>
      {paletteOpen && (
        <PanelBoundary title="Commands">
          <Palette share={share} toggleTheme={theme.toggle} onOpenChange={setPaletteOpen} />
        </PanelBoundary>
      )}
      <Toasts
        toasts={notices.map(({ id, tone, text }) => ({
          id: String(id),
          message: text,
          tone: tone === 'error' ? 'bad' : tone === 'warning' ? 'warn' : 'plain',
        }))}
        onDismiss={dismiss}
      />
    </div>
  )
}

function HistoryButtons() {
  const { actions } = useApp()
  const canUndo = useAppState((state) => state.past.length > 0)
  const canRedo = useAppState((state) => state.future.length > 0)
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        disabled={!canUndo}
        onClick={() => actions.undo()}
      >
        Undo
      </button>
      <button
        type="button"
        className="button button-quiet wide-only"
        disabled={!canRedo}
        onClick={() => actions.redo()}
      >
        Redo
      </button>
    </>
  )
}

function OpenDatasetLine() {
  const { actions } = useApp()
  const catalogue = useAppState((state) => state.catalogue)
  const setup = useAppState((state) => state.intent.setup)
  const dataset = useAppState((state) => state.intent.dataset)
  const encoder = useAppState((state) => state.dataset.value?.encoder.id)
  return (
    <div className="app-open small">
      <label>
        <span className="visually-hidden">Dataset</span>
        <select
          className="select"
          value={setup ? 'page-made' : dataset}
          onChange={(event) => {
            const id = event.target.value
            if (id === 'page-made') return
            actions.openDataset(id)
          }}
        >
          {catalogue.datasets.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          {setup && <option value="page-made">Made in this page</option>}
        </select>
      </label>
      {encoder && <span className="soft wide-only">encoder {encoder}</span>}
    </div>
  )
}
