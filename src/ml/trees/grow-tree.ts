import { mostBins } from './feature-bins.ts'

/** A binary tree: a row goes left where its bin of the feature is at most `threshold`. */
export interface Tree {
  /** [nodes] feature, or −1 for a leaf */
  readonly feature: Int16Array
  readonly threshold: Uint8Array // [nodes] last bin that goes left
  readonly left: Uint16Array // [nodes]; the right child is the next one
  readonly value: Float64Array // [nodes] of leaves, learning rate included
}

export interface TreeSettings {
  maxDepth: number
  learningRate: number
  /** Least Σ of second derivatives of a child. */
  minChildWeight: number
  /** Of squared leaf values. */
  lambda: number
  /** Least gain of a split. */
  gamma: number
}

interface Node {
  id: number
  from: number
  to: number
  depth: number
  gradient: number
  hessian: number
  histogram: Float64Array // [features, mostBins, 2]
}

interface Split {
  gain: number
  feature: number
  bin: number
  gradient: number
  hessian: number
}

/**
 * Grows one tree of second-order boosting, level by level, on histograms of gradients; of two siblings the smaller is counted and
 * the other is what is left of the parent.
 *
 * @param bins      [features, rows]
 * @param rows      those that take part, put in the order of leaves
 * @param gradient, hessian  [all rows], weights included
 * Source: T. Chen, C. Guestrin, arXiv:1603.02754, equations 6 and 7; histograms as G. Ke et al., NeurIPS 30 (2017) 3146.
 */
export function growTree(
  bins: Uint8Array,
  features: number,
  rows: Uint32Array,
  gradient: Float64Array,
  hessian: Float64Array,
  settings: TreeSettings,
): Tree {
  const { maxDepth, learningRate, lambda } = settings
  const all = bins.length / features
  const nodes = {
    feature: [] as number[],
    threshold: [] as number[],
    left: [] as number[],
    value: [] as number[],
  }
  const scratch = new Uint32Array(rows.length)

  function histogramOf(from: number, to: number): Float64Array {
    const out = new Float64Array(features * mostBins * 2)
    for (let f = 0; f < features; f++) {
      const [column, base] = [f * all, f * mostBins]
      for (let k = from; k < to; k++) {
        const row = rows[k]
        const at = 2 * (base + bins[column + row])
        out[at] += gradient[row]
        out[at + 1] += hessian[row]
      }
    }
    return out
  }

  function leaf(g: number, h: number): number {
    const id = nodes.feature.length
    nodes.feature.push(-1)
    nodes.threshold.push(0)
    nodes.left.push(0)
    nodes.value.push((-learningRate * g) / (h + lambda))
    return id
  }

  /** Rows of the left child to the front. @returns where the right one begins */
  function partition({ from, to }: Node, { feature, bin }: Split): number {
    let [left, right] = [from, 0]
    for (let k = from; k < to; k++)
      if (bins[feature * all + rows[k]] <= bin) rows[left++] = rows[k]
      else scratch[right++] = rows[k]
    rows.set(scratch.subarray(0, right), left)
    return left
  }

  let [g, h] = [0, 0]
  for (const row of rows) {
    g += gradient[row]
    h += hessian[row]
  }
  const level: Node[] = [
    {
      ...{ id: leaf(g, h), from: 0, to: rows.length, depth: 0, gradient: g, hessian: h },
      histogram: histogramOf(0, rows.length),
    },
  ]
  for (let node = level.shift(); node; node = level.shift()) {
    const split = node.depth < maxDepth ? bestSplit(node, features, settings) : undefined
    if (!split) continue
    const middle = partition(node, split)
    const right = { gradient: node.gradient - split.gradient, hessian: node.hessian - split.hessian }
    const ids = [leaf(split.gradient, split.hessian), leaf(right.gradient, right.hessian)]
    nodes.feature[node.id] = split.feature
    nodes.threshold[node.id] = split.bin
    nodes.left[node.id] = ids[0]
    if (node.depth + 1 === maxDepth) continue
    const leftIsSmaller = middle - node.from <= node.to - middle
    const smaller = leftIsSmaller ? histogramOf(node.from, middle) : histogramOf(middle, node.to)
    const larger = node.histogram
    for (let k = 0; k < larger.length; k++) larger[k] -= smaller[k]
    const depth = node.depth + 1
    const [leftHistogram, rightHistogram] = leftIsSmaller ? [smaller, larger] : [larger, smaller]
    level.push(
      {
        ...{ id: ids[0], from: node.from, to: middle, depth, histogram: leftHistogram },
        ...{ gradient: split.gradient, hessian: split.hessian },
      },
      { ...{ id: ids[1], from: middle, to: node.to, depth, histogram: rightHistogram }, ...right },
    )
  }
  return {
    feature: Int16Array.from(nodes.feature),
    threshold: Uint8Array.from(nodes.threshold),
    left: Uint16Array.from(nodes.left),
    value: Float64Array.from(nodes.value),
  }
}

function bestSplit(
  { gradient, hessian, histogram }: Node,
  features: number,
  { minChildWeight, lambda, gamma }: TreeSettings,
): Split | undefined {
  const whole = gradient ** 2 / (hessian + lambda)
  let best: Split | undefined
  for (let feature = 0; feature < features; feature++) {
    let [g, h] = [0, 0]
    for (let bin = 0; bin < mostBins - 1; bin++) {
      const at = 2 * (feature * mostBins + bin)
      if (histogram[at + 1] === 0) continue
      g += histogram[at]
      h += histogram[at + 1]
      if (h < minChildWeight || hessian - h < minChildWeight) continue
      const gain =
        0.5 * (g ** 2 / (h + lambda) + (gradient - g) ** 2 / (hessian - h + lambda) - whole) - gamma
      // Differences of histograms leave rounding where nothing is to be gained.
      if (gain > 1e-10 && gain > (best?.gain ?? 0)) best = { gain, feature, bin, gradient: g, hessian: h }
    }
  }
  return best
}

/** The value of the leaf in which a row ends. @param bins [features, rows] */
export function treeValue(tree: Tree, bins: Uint8Array, rows: number, row: number): number {
  let node = 0
  while (tree.feature[node] >= 0)
    node = tree.left[node] + (bins[tree.feature[node] * rows + row] <= tree.threshold[node] ? 0 : 1)
  return tree.value[node]
}
