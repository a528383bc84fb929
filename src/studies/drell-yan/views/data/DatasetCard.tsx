import type { DatasetHeader } from '../../analysis/dataset-types.ts'
import { useState, type ReactNode } from 'react'
import { Badge } from '../../../../ui/common/Badge.tsx'
import { formatCount, formatEdge } from '../../../../ui/common/format.ts'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { datasetBytes, datasetFacts, filesOf, formatBytes, numpyRecipe } from './dataset-facts.ts'
import { withSymbols } from './plain-symbols.ts'

interface DatasetCardProps {
  manifest: DatasetHeader['manifest']
  hash: string
  /** Address of the manifest; null for a dataset made in the page, which has no files. */
  manifestUrl: string | null
  /** Whether it is the one on the map, and how much of it is verified. */
  state: ReactNode
  current: boolean
  onOpen?: () => void
}

/** One dataset: what it is, where it comes from, how to open it here and in Python. */
export function DatasetCard({ manifest, hash, manifestUrl, state, current, onOpen }: DatasetCardProps) {
  const { measurement, observables, universes, replicasPerUniverse } = manifest
  const bins = binsOf(observables)
  return (
    <article className="data-card" data-current={current} aria-label={manifest.title}>
      <div className="card-title">
        <h3>{manifest.title}</h3>
        {current && <Badge tone="good">on the map</Badge>}
        <span className="row spread">
          {!current && onOpen && (
            <button type="button" className="button" onClick={onOpen} aria-label={`Open ${manifest.title}`}>
              Open
            </button>
          )}
        </span>
      </div>
      <p className="small">
        <Typeset text={withSymbols(manifest.description)} />
      </p>
      {measurement && (
        <p className="small">
          <strong>{measurement.title}.</strong> {measurement.citation}.{' '}
          <a href={measurement.url} rel="noreferrer noopener" target="_blank">
            HEPData record
          </a>
          . <Typeset text={withSymbols(measurement.note)} />
        </p>
      )}
      <p className="small soft">
        {formatCount(universes)} universes × {replicasPerUniverse} replicas, {bins} bins, √s ={' '}
        {formatEdge(manifest.sqrtSGeV / 1000)} TeV, {manifest.pdf.id}, seed {manifest.seed}, sha256{' '}
        {hash.slice(0, 8)}
        {manifestUrl ? `, ${formatBytes(datasetBytes(manifest))}` : ''}. {state}
      </p>
      <details className="data-details">
        <summary>All facts</summary>
        <dl className="facts-wide small">
          {datasetFacts(manifest, hash).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {manifestUrl && <Files manifest={manifest} manifestUrl={manifestUrl} />}
    </article>
  )
}

/** "42 + 29", or "10 × 42" where many observables have as many bins. */
function binsOf(observables: DatasetHeader['manifest']['observables']): string {
  const counts = observables.map(({ edges }) => edges.length - 1)
  const equal = counts.length > 3 && counts.every((count) => count === counts[0])
  return equal ? `${counts.length} × ${counts[0]}` : counts.join(' + ')
}

function Files({ manifest, manifestUrl }: { manifest: DatasetHeader['manifest']; manifestUrl: string }) {
  const [copied, setCopied] = useState(false)
  const recipe = numpyRecipe(manifest)
  return (
    <details className="data-details">
      <summary>Files and Python</summary>
      <ul className="plain-list small data-files">
        <li>
          <a href={manifestUrl} download>
            manifest.json
          </a>
          <span className="soft">what every array is, its unit and sha256</span>
        </li>
        {filesOf(manifest).map(({ file, shape, unit, bytes, description }) => (
          <li key={file}>
            <a href={new URL(file, manifestUrl).href} download>
              {file}
            </a>
            <span className="soft">
              [{shape.join(', ')}] {unit}, {formatBytes(bytes)}: <Typeset text={withSymbols(description)} />
            </span>
          </li>
        ))}
      </ul>
      {recipe && (
        <>
          <pre className="data-code" tabIndex={0} aria-label="Python lines that open the spectra">
            {recipe}
          </pre>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => void navigator.clipboard.writeText(recipe).then(() => setCopied(true))}
          >
            {copied ? 'Copied' : 'Copy as Python'}
          </button>
        </>
      )}
    </details>
  )
}
