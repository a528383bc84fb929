import { Component, type ErrorInfo, type ReactNode } from 'react'
import { AppError } from '../../errors.ts'
import { reloadHelps } from './lazy-part.tsx'
import { Panel } from './Panel.tsx'

interface PanelBoundaryProps {
  title: string
  children: ReactNode
  /** Lines added to the copied report: version, link, hashes. */
  reportContext?: () => Record<string, string>
}

interface PanelBoundaryState {
  error?: AppError
  componentStack?: string
  copied?: boolean
}

/** Keeps the fault of one panel inside that panel. */
export class PanelBoundary extends Component<PanelBoundaryProps, PanelBoundaryState> {
  override state: PanelBoundaryState = {}

  static getDerivedStateFromError(thrown: unknown): PanelBoundaryState {
    return { error: AppError.from(thrown) }
  }

  override componentDidCatch(_thrown: unknown, info: ErrorInfo): void {
    this.setState({ componentStack: info.componentStack ?? undefined })
  }

  private readonly copyReport = async () => {
    const { error, componentStack } = this.state
    if (!error) return
    const report = {
      panel: this.props.title,
      ...error.toPlain(),
      stack: error.stack,
      componentStack,
      ...this.props.reportContext?.(),
    }
    await navigator.clipboard.writeText(JSON.stringify(report, null, 2))
    this.setState({ copied: true })
  }

  override render(): ReactNode {
    const { error, copied } = this.state
    if (!error) return this.props.children
    return (
      <Panel
        title={this.props.title}
        state={{ kind: 'error', error: error.toPlain(), keepContent: true }}
        actions={
          <>
            <button type="button" className="button button-quiet" onClick={() => void this.copyReport()}>
              {copied ? 'Report copied' : 'Copy report'}
            </button>
            <button
              type="button"
              className="button button-quiet"
              onClick={() => this.setState({ error: undefined, copied: false })}
            >
              Reload panel
            </button>
            {/* A person's own choice: a page that reloads by itself could do so for ever. */}
            {error.context[reloadHelps] === true && (
              <button type="button" className="button button-quiet" onClick={() => window.location.reload()}>
                Reload page
              </button>
            )}
          </>
        }
      >
        <p className="soft small">The rest of the page is not affected.</p>
      </Panel>
    )
  }
}
