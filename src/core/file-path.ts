/** Paths of files that came in folders, which their names do not hold. */
const paths = new WeakMap<File, string>()

export function rememberPath(file: File, path: string): void {
  paths.set(file, path)
}

/** Where a file lay in the folder that was dropped or chosen, with "/"; its name where it came alone. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name)
}

/** The folder of a file within what was dropped; empty for one that came alone. */
export function folderOf(file: File): string {
  return pathOf(file).split('/').slice(0, -1).join('/')
}
