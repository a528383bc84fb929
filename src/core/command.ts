/** An action by name, for Ctrl-K. */
export interface Command {
  id: string
  label: string
  group?: string
  /** Further words to find it by. */
  keywords?: string
  shortcut?: string
  disabled?: boolean
  run: () => void
}
