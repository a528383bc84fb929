/** What the operating system's error codes mean, with the cure. */
const meanings: Record<string, string> = {
  EACCES: 'there is no permission for it. Change its permissions or choose another place.',
  EPERM: 'it is not permitted. Change its permissions or choose another place.',
  EROFS: 'the disk can only be read. Choose a place on another disk.',
  EISDIR: 'it is a folder, where a file was expected. Name a file.',
  ENOTDIR: 'a part of its path is a file, where a folder was expected. Check the path.',
  EEXIST: 'something of that name is there already. Choose another name.',
  ENOENT: 'it does not exist. Check the path.',
  ENAMETOOLONG: 'its name is too long. Choose a shorter one.',
  ELOOP: 'its links lead in a circle. Check the path.',
  EMFILE: 'too many files are open at once. Raise the limit (ulimit -n).',
  ENOSPC: 'the disk is full. Free some space or choose another disk.',
  EDQUOT: 'the disk quota is used up. Free some space or choose another disk.',
  EFBIG: 'it is larger than the file system takes. Choose another disk.',
  EIO: 'the disk does not answer. Check it.',
  EPIPE: 'whoever reads the output has closed it before the end.',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB. Split it.',
}

/** Code of an error of the file system or of a stream; null for any other thrown value. */
export function fileErrorCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null
  const { code } = thrown
  return typeof code === 'string' && Object.hasOwn(meanings, code) ? code : null
}

/** A sentence's second half for an error of the file system: what it means and what to do. */
export function describeFileError(thrown: unknown): string {
  const code = fileErrorCode(thrown)
  return code === null ? `${String(thrown)}.` : `${code}, ${meanings[code]}`
}
