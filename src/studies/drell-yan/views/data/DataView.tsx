import { useDrellYanState } from '../context.tsx'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { CataloguePanel } from './CataloguePanel.tsx'
import { FilesPanel } from './FilesPanel.tsx'
import { ModelsPanel } from './ModelsPanel.tsx'
import { SetupPanel } from './SetupPanel.tsx'
import './data.css'

const CovariancePanel = lazyPart(
  async () => (await import('./CovariancePanel.tsx')).CovariancePanel,
  <Panel title="Covariance" state={{ kind: 'loading', label: 'Loading' }} />,
)

const UniversesPanel = lazyPart(
  async () => (await import('./UniversesPanel.tsx')).UniversesPanel,
  <Panel title="Universes over the Standard Model" state={{ kind: 'loading', label: 'Loading' }} />,
)
const OperatorsPanel = lazyPart(
  async () => (await import('./OperatorsPanel.tsx')).OperatorsPanel,
  <Panel title="Where each operator acts" state={{ kind: 'loading', label: 'Loading' }} />,
)

/** What there is, what one brings, what one makes. */
export function DataView() {
  const header = useDrellYanState((state) => state.dataset.value?.header)
  return (
    <div className="data-view">
      <Convention nlo={header?.manifest.qcd !== undefined} />
      <div className="data-columns">
        <div className="data-column">
          <PanelBoundary title="Datasets">
            <CataloguePanel />
          </PanelBoundary>
          <PanelBoundary title="Encoders">
            <ModelsPanel />
          </PanelBoundary>
        </div>
        <div className="data-column">
          <PanelBoundary title="Your files">
            <FilesPanel />
          </PanelBoundary>
          <PanelBoundary title="Make a dataset">
            <SetupPanel />
          </PanelBoundary>
          <PanelBoundary title="Covariance">
            {header ? (
              <CovariancePanel header={header} />
            ) : (
              <Panel
                title="Covariance"
                state={{ kind: 'empty', message: 'The covariance of the open dataset appears here.' }}
              />
            )}
          </PanelBoundary>
        </div>
      </div>
      {header && (
        <>
          <PanelBoundary title="Universes over the Standard Model">
            <UniversesPanel header={header} />
          </PanelBoundary>
          <PanelBoundary title="Where each operator acts">
            <OperatorsPanel model={header.universeModel} />
          </PanelBoundary>
        </>
      )}
    </div>
  )
}

function Convention({ nlo }: { nlo: boolean }) {
  return (
    <aside className="data-convention small" aria-label="Conventions">
      <strong>Conventions.</strong> Λ = 1 TeV; coefficients C/Λ² in TeV⁻²; Warsaw basis, flavour universal,
      operator names as in SMEFTsim. Cross-sections in pb, masses and momenta in GeV.{' '}
      {nlo
        ? 'The open dataset is of next-to-leading order in QCD and leading order in the electroweak couplings'
        : 'Leading order in the strong and electroweak couplings'}
      ; no shower, no hadronisation, no detector. Binning, cuts, prior and covariance of the Drell-Yan corpus
      are this app’s own choices.
    </aside>
  )
}
