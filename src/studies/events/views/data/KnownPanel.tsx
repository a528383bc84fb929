import { Panel } from '../../../../ui/common/Panel.tsx'

/** What is the paper's, and what is ours. */
export function KnownPanel() {
  return (
    <Panel title="About this map">
      <div className="stack small">
        <p>
          After Hallin, Kasieczka, Kraml, Lessa, Moureaux, von Schwartz and Shih, &ldquo;Universal New Physics
          Latent Space&rdquo;, arXiv:2407.20315: a 2-D map of models in which those that events tell apart
          have regions of their own, and those that cannot be told apart share one.
        </p>
        <h3>Known of the paper</h3>
        <ul>
          <li>two latent dimensions; a contrastive loss on pairs of the same or of different models</li>
          <li>three datasets: gluinos of a simplified model, mediators of dark matter, Dark Machines</li>
          <li>of gluinos, m(gluino) − m(neutralino) orders the map; of mediators their kind does</li>
          <li>by accounts of others: sets of ten events, nine gluino models, a network of dense layers</li>
        </ul>
        <h3>Ours</h3>
        <ul>
          <li>masses, selections, features, scaling, split, margin, optimiser and every number shown</li>
          <li>events: leading order, our own shower and detector, no hadrons, no pile-up</li>
        </ul>
        <p>
          Two models that are the same do not shrink to a point: a pair of sets is then alike with probability
          ½, and the encoder does best to give both one cloud whose typical distance is half of the margin.
          Indistinguishable means that clouds overlap, not that they are small.
        </p>
      </div>
    </Panel>
  )
}
