// One arena per WebAssembly instance: memory only grows, and goes when the instance does. An instance serves one
// network (or one table), so nothing is ever freed in between.

let next: usize = (__heap_base + 63) & ~63

/** Zeroed bytes, aligned to a cache line. Returns 0 where the machine has no more memory: the binding reports it. */
export function allocate(bytes: usize): usize {
  const start = next
  const end = (start + bytes + 63) & ~63
  const have = (<usize>memory.size()) << 16
  if (end < start) return 0
  if (end > have) {
    const pages = <i32>((end - have + 0xffff) >> 16)
    if (memory.grow(pages) < 0) return 0
  }
  next = end
  return start
}
