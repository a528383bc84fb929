import { useId, useState, type KeyboardEvent } from 'react'
import { useModal } from './use-modal.ts'
import type { Command } from '../../core/command.ts'
import { matchCommands } from '../../core/match-commands.ts'

interface CommandPaletteProps {
  commands: readonly Command[]
  onOpenChange: (open: boolean) => void
}

/** Every action by its name: type, arrows, Enter. Open for as long as it is there. */
export function CommandPalette({ commands, onOpenChange }: CommandPaletteProps) {
  const dialog = useModal()

  return (
    <dialog
      ref={dialog}
      className="dialog palette popover"
      aria-label="Commands"
      // Escape says so at once; "close" comes later, and Ctrl-K may be pressed again before.
      onCancel={() => onOpenChange(false)}
      onClose={() => onOpenChange(false)}
      onClick={(event) => {
        if (event.target === dialog.current) onOpenChange(false)
      }}
    >
      <CommandList commands={commands} onDone={() => onOpenChange(false)} />
    </dialog>
  )
}

function CommandList({ commands, onDone }: { commands: readonly Command[]; onDone: () => void }) {
  const base = useId()
  const [query, setQuery] = useState('')
  const [cursor, setCursor] = useState(0)
  const matches = matchCommands(commands, query)
  const at = Math.min(cursor, matches.length - 1)

  const run = (command: Command | undefined) => {
    if (!command || command.disabled) return
    onDone()
    command.run()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const last = matches.length - 1
    const next = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: last,
      PageUp: 0,
    }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      setCursor(next)
      document.getElementById(`${base}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(matches[at])
    }
  }

  return (
    <>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls={`${base}-list`}
        aria-activedescendant={matches.length > 0 ? `${base}-${at}` : undefined}
        placeholder="What would you like to do?"
        autoFocus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setCursor(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${base}-list`} className="palette-list" role="listbox" aria-label="Commands">
        {matches.map((command, index) => (
          <li
            key={command.id}
            id={`${base}-${index}`}
            className="palette-item"
            role="option"
            aria-selected={index === at}
            aria-disabled={command.disabled || undefined}
            onPointerMove={() => setCursor(index)}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            {command.group && <span className="soft small">{command.group}</span>}
            {command.shortcut && <kbd className="spread">{command.shortcut}</kbd>}
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {matches.length === 0 ? `No command matches ${query}` : `${matches.length} commands`}
      </p>
      {matches.length === 0 && <p className="panel-state soft">No command matches “{query}”.</p>}
    </>
  )
}
