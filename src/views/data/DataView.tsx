import { Panel } from '../common/Panel.tsx'

export function DataView() {
  return <Panel title="Data" state={{ kind: 'empty', message: 'Being built.' }} />
}
