import { useMemo } from 'react'
import { topPairOperatorNames } from '../../../physics/top-pair/operators.ts'
import type { Column } from '../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber } from '../../../ui/common/format.ts'
import { download } from '../../../ui/common/download.ts'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { filesPerNetwork, planCost, planSeconds, type PlanCost } from '../analysis/plan/plan-cost.ts'
import { networkTasks } from '../analysis/ratios/network-tasks.ts'
import type { FitIntent } from '../intent.ts'
import { useTopPairState } from './context.tsx'
import { useFit, useFitActions } from './fit-context.tsx'
import {
  hoursText,
  planHoursFigure,
  scalingFigure,
  timeOfOne,
  type MeasuredScaling,
  type NamedCost,
} from './plan-figures.ts'
import { measuredScaling, measuredScalingOn } from './measured-scaling.ts'

/** Networks of n_eft = 1, 2, ... operators in the order of the page, by classifiers. */
const networksOf = topPairOperatorNames.map(
  (_, k) =>
    networkTasks({
      ...{ operators: topPairOperatorNames.slice(0, k + 1), mode: 'quadratic' },
      ...{ preset: 'parton', replicas: 1 },
    }).length,
)

/** Of the literature on this analysis: a band of so many networks for each term. */
const manyReplicas = 50

/** Of the set-up, and of the same with as many replicas as are published. */
function plannedCosts(setup: FitIntent): NamedCost[] {
  const own = planCost(setup)
  const named = (cost: PlanCost, name: string): NamedCost => ({ ...cost, name })
  const many = named(planCost({ ...setup, replicas: manyReplicas }), `${manyReplicas} replicas`)
  return [named(own, 'this plan'), ...(setup.replicas < manyReplicas ? [many] : [])]
}

/** Numbers of processors in the table, up to one for each job. */
const tabled = [1, 2, 4, 10, 40, 100, 400, 1000, 4000]

/** The networks of the set-up as jobs for other machines: what they cost there, and the plan. */
export function RunElsewhere() {
  const fit = useFitActions()
  const idle = useFit((state) => state.status) === 'idle'
  const setup = useTopPairState((state) => state.intent.fit)
  const theme = useFigureTheme()
  const cost = useMemo(() => planCost(setup), [setup])
  const costs = useMemo(() => plannedCosts(setup), [setup])
  const hours = useMemo(() => planHoursFigure(costs, theme), [costs, theme])
  const scaling = useMemo(() => scalingFigure(measuredScaling, networksOf, theme), [theme])
  const time = (processors: number) => hoursText(planSeconds(cost, processors) / 3600)
  const { jobs } = cost
  const megabytes = formatNumber((jobs * cost.bytes) / 1e6, 2)
  const many = costs.at(1)
  const planWords = `${formatCount(jobs)} ${jobs === 1 ? 'network, one job' : 'networks, one job each'}: ${time(1)} on one processor, ${time(10)} on ten, ${time(jobs)} with one for each. A model: jobs of ${hoursText(cost.seconds / 3600)}, as long as all epochs take, without queues; most trainings stop earlier. ${formatCount(filesPerNetwork * jobs)} files, ${megabytes} MB in all.${many ? ` With ${manyReplicas} replicas: ${formatCount(many.jobs)} jobs, ${hoursText(planSeconds(many, 1) / 3600)} on one processor, ${hoursText(planSeconds(many, 100) / 3600)} on a hundred.` : ''}`
  const scalingWords = `Points: processor time measured for all networks of 2 to 8 operators, small ones of ${timeOfOne(measuredScaling).toPrecision(2)} s each, by one and by two processes, divided by the processes (${measuredScalingOn}). Dashed: model, number of networks × time of one ÷ processors; at 16 and 128 nothing was measured.`
  return (
    <section className="stack fit-elsewhere" aria-label="Run elsewhere">
      <p className="small">
        A plan is a zip for Snakemake, Slurm and HTCondor, with a README of ten lines. What they make comes
        back as its folder or as the bundle of its fit: drop it here.
      </p>
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={!idle}
          onClick={() =>
            void fit.planNetworks().then((zip) => {
              if (zip) download(new Blob([zip], { type: 'application/zip' }), 'theoryscape-plan.zip')
            })
          }
        >
          Download the plan
        </button>
      </div>
      <div className="fit-two">
        <FigureFrame
          summary={planWords}
          fileName="theoryscape-plan-hours"
          table={{
            caption: 'Hours of this plan (model)',
            columns: [
              { key: 'processors', label: 'processors', value: (n: number) => n },
              { key: 'rounds', label: 'jobs one after the other', value: (n) => Math.ceil(jobs / n) },
              { key: 'hours', label: 'hours', value: (n) => planSeconds(cost, n) / 3600 },
            ],
            rows: tabled.filter((_, k) => k === 0 || tabled[k - 1] < jobs),
          }}
        >
          <PlotlyFigure figure={hours} height={250} alt={planWords} />
        </FigureFrame>
        <FigureFrame
          summary={scalingWords}
          fileName="theoryscape-scaling"
          table={{
            caption: 'Measured times',
            columns: [
              { key: 'operators', label: 'n_eft', value: (row: MeasuredScaling) => row.operators },
              { key: 'networks', label: 'networks', value: (row) => row.networks },
              ...([0, 1] as const).flatMap((k): Column<MeasuredScaling>[] => [
                {
                  key: `processor-${k}`,
                  label: `${k + 1} at a time, processor [s]`,
                  value: (row) => row.processor[k],
                },
                { key: `clock-${k}`, label: `${k + 1} at a time, clock [s]`, value: (row) => row.clock[k] },
              ]),
            ],
            rows: measuredScaling,
          }}
        >
          <PlotlyFigure figure={scaling} height={250} alt={scalingWords} />
        </FigureFrame>
      </div>
    </section>
  )
}
