import { useEffect, useEffectEvent } from 'react'
import { idle, running, type Loadable } from '../../core/loadable.ts'
import type { Make, Product } from '../../core/product.ts'

/** What is asked. */
export interface Question<T> {
  /** Names all that decides the answer; null asks nothing. */
  key: string | null
  label: string
  make: Make<T>
}

/**
 * The answer to a question that a worker works on, which stays in the store: whoever comes back to the view finds it
 * there. While a newer answer is made, and where it fails, the last good one stays as the value: put into it what it
 * is about, or it will be told of the new question.
 *
 * @param now  what the product's slot has, as the store tells it to the view
 */
export function useProduct<T>(
  product: Product<T>,
  now: Loadable<T>,
  { key, label, make }: Question<T>,
): { result: Loadable<T>; retry: () => void } {
  // Questions of one key are one question: another label, another function ask nothing again.
  const ask = useEffectEvent((asked: string) => void product.ensure(asked, label, make))
  useEffect(() => {
    if (key === null) product.cancel()
    else ask(key)
  }, [product, key])
  // What is told of another question is no answer to this one.
  const result = key === null ? idle : now.key === key ? now : running(now, label)
  return {
    result,
    retry: () => {
      if (key !== null) void product.make(label, make, { key })
    },
  }
}
