import { expect, it } from 'vitest'
import { name, version } from '../package.json'
import { product } from './product.ts'

it('the version that files are stamped with is that of the package', () => {
  expect(product).toBe(`${name} ${version}`)
})
