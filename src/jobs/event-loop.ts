/**
 * Lets the event loop run once, so that messages (a cancel, above all) are delivered. A message to oneself
 * rather than setTimeout, which browsers delay by 4 ms and more when nested, or by a second in hidden pages.
 * The channel lives for one use: an open port would keep a Node process from ending.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
