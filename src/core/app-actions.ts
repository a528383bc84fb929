import type { AppIntent, Notice, NoticeChoice } from './app-state.ts'
import type { AppStore } from './app-store.ts'
import type { LearnIntent } from './learn.ts'
import { changeIntent, redo, undo } from './intent-history.ts'
import { withNotice } from './notices.ts'
import type { Verb } from './verbs.ts'

/** The list of lessons stands in the place of a view, and gives way to one that is asked for. */
function showing(intent: AppIntent): AppIntent {
  const { learn } = intent
  return learn.place === 'list' ? { ...intent, learn: { ...learn, place: null } } : intent
}

/** What a person can do to the intent whatever the study; each change is one step of undo. */
type StudyPatch = { view?: Verb; [field: string]: unknown }

/** The intent after a change of one study's part, and of the view when the patch names one. */
export function withStudy(intent: AppIntent, id: string, { view, ...patch }: StudyPatch): AppIntent {
  return {
    ...(view ? showing(intent) : intent),
    view: view ?? intent.view,
    studies: { ...intent.studies, [id]: { ...intent.studies[id], ...patch } },
  }
}

export function createAppActions(store: AppStore) {
  let lastKey = ''
  let noticeId = 0

  function change(next: (intent: AppIntent) => AppIntent, key = ''): void {
    const sameStep = key !== '' && key === lastKey
    lastKey = key
    store.setState((state) => changeIntent(state, next(state.intent), sameStep))
  }

  return {
    /**
     * Changes a study's own intent, and the view when the patch names one.
     *
     * @param key  changes of one key in a row are one step of undo
     */
    changeStudy(id: string, patch: StudyPatch, key = ''): void {
      change((intent) => withStudy(intent, id, patch), key)
    },
    go(view: Verb): void {
      change((intent) => ({ ...showing(intent), view }))
    },
    /** Puts a study in front, with what its dataset needs. */
    front(study: string, patch: object): void {
      change((intent) => ({ ...withStudy(showing(intent), study, { ...patch }), study }))
    },
    /** Opens a lesson or a step, or closes it; with it what the page then shows. */
    learn(
      patch: Partial<LearnIntent>,
      shown: Partial<Pick<AppIntent, 'view' | 'study' | 'studies'>> = {},
    ): void {
      change((intent) => ({ ...intent, ...shown, learn: { ...intent.learn, ...patch } }))
    },
    /** Ends a drag: the next change of the same slider is a new step of undo. */
    settle(): void {
      lastKey = ''
    },
    undo(): void {
      lastKey = ''
      store.setState((state) => undo(state))
    },
    redo(): void {
      lastKey = ''
      store.setState((state) => redo(state))
    },
    /** A link or a reset replaces everything, and can be undone. */
    replace(intent: AppIntent): void {
      change(() => intent)
    },
    notify(tone: Notice['tone'], text: string, choices?: readonly NoticeChoice[]): void {
      const id = ++noticeId
      store.setState(({ notices }) => ({
        notices: withNotice(notices, { id, tone, text, times: 1, choices }),
      }))
    },
    /** Something is not stored: said, and the badge "not saved" stays from then on. */
    notSaved(text: string): void {
      store.setState({ notSaved: true })
      this.notify('warning', text)
    },
    dismiss(id: number): void {
      store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }))
    },
  }
}

export type AppActions = ReturnType<typeof createAppActions>
