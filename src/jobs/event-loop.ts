/**
 * Lets the event loop run once, so that messages (a cancel, above all) are delivered.
 *
 * Whichever comes first of a message to oneself and a timer: browsers delay nested timers by 4 ms, and by a second in
 * hidden pages; WebKit passes a worker's messages to itself through the page's own thread, where they wait for whatever
 * the page draws (86 ms a turn with a page that computes 300 ms at a time; 4 ms by the timer).
 *
 * The channel lives for one use: an open port would keep a Node process from ending.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const go = () => {
      clearTimeout(timer)
      port1.close()
      resolve()
    }
    const timer = setTimeout(go, 0)
    port1.onmessage = go
    port2.postMessage(null)
  })
}
