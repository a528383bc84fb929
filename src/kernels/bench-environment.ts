/**
 * Environment of the Python programs that a benchmark is compared with: one thread, and memory that stays with the process.
 * As it comes, glibc returns large arrays to the system after each step, whose pages are then cleared anew: a program that
 * runs long is tuned not to.
 */
export function peerEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    MALLOC_MMAP_THRESHOLD_: '8000000000',
    MALLOC_TRIM_THRESHOLD_: '16000000000',
  }
}
