import { Panel } from '../common/Panel.tsx'

/** Two to four maps beside one another. */
export function CompareView() {
  return <Panel title="Maps side by side" state={{ kind: 'loading', label: 'Opening the maps' }} />
}
