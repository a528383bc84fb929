import { useMemo } from 'react'
import { useApp } from '../views/app-context.tsx'
import { CommandPalette } from '../views/common/CommandPalette.tsx'
import { appCommands } from './commands.ts'

interface PaletteProps {
  share: () => Promise<void>
  toggleTheme: () => void
  onOpenChange: (open: boolean) => void
}

/** The command palette on the actions of the app, open for as long as it is there. */
export function Palette({ share, toggleTheme, onOpenChange }: PaletteProps) {
  const app = useApp()
  const commands = useMemo(() => appCommands(app, share, toggleTheme), [app, share, toggleTheme])
  return <CommandPalette commands={commands} open onOpenChange={onOpenChange} />
}
