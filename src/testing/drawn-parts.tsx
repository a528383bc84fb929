import { act, render, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import type { AppActions } from '../core/app-actions.ts'
import type { AppStore } from '../core/app-store.ts'
import type { Study, StudyContext as Context } from '../core/study.ts'
import { ShellContext } from '../ui/shell-context.tsx'
import { StudyContext } from '../ui/study-context.tsx'
import type { PlotlyFigureSpec } from '../ui/plots/plotly.ts'
import { settle } from './fake-jobs.ts'
import { drawnIn } from './fake-plotly.ts'
import { eventually } from './patience.ts'

interface Page {
  appStore: AppStore
  shell: AppActions
  context: unknown
}

/** Draws a part of a study's views with all that it expects above it; `show` draws another part there. */
export function drawPart(
  part: ReactElement,
  { appStore, shell, context }: Page,
  study: unknown,
  handle: object,
) {
  const entry = { study: study as Study, context: context as Context, handle }
  const within = (each: ReactElement) => (
    <ShellContext value={{ store: appStore, actions: shell, drop: async () => undefined }}>
      <StudyContext value={entry}>{each}</StudyContext>
    </ShellContext>
  )
  const { rerender, container } = render(within(part))
  return { container, show: (other: ReactElement) => rerender(within(other)) }
}

/** Does something and waits until all that follows from it at once is drawn. */
export async function acting(act_: () => unknown): Promise<void> {
  await act(async () => {
    await act_()
    await settle()
  })
}

/** What plotly was asked to draw in the figure of this name, once it has been. */
export async function figureOf(name: string | RegExp): Promise<PlotlyFigureSpec> {
  return eventually(() => {
    const [root, ...others] = screen.getAllByRole('img', { name })
    if (others.length > 0) throw new Error(`${others.length + 1} figures are called ${name}`)
    const figure = drawnIn(root)
    if (!figure) throw new Error(`nothing is drawn in ${name} yet`)
    return figure
  })
}
