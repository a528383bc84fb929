/** Processor time of this process so far [ms]: unlike a clock, it does not run on while other processes have the machine. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
