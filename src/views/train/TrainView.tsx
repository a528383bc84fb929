import { Panel } from '../common/Panel.tsx'

export function TrainView() {
  return <Panel title="Train" state={{ kind: 'empty', message: 'Being built.' }} />
}
