/** The pilots a person may see; for those who watch the programme, its pipeline in numbers. */
import { useState } from "react";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { ActionButton, ActionForm, Empty, Input, Link, PageHeading, Status, textIn, Waiting } from "../parts.tsx";
import { useAnswer, usePortal } from "../portal.ts";
import { navigate, pathTo } from "../route.ts";
import { countryName, dayInWords, inWords, stageInWords } from "../words.ts";

export function PilotsPage() {
  const { call, me } = usePortal();
  const { role } = me.acting;
  const isCompany = role === "sme_admin" || role === "sme_member";
  const { answer, error, reload } = useAnswer("listPilots", { query: {} });
  const [further, setFurther] = useState<{ pilots: OutputOf<"listPilots">["pilots"]; cursor?: string }>();
  const pilots = [...(answer?.pilots ?? []), ...(further?.pilots ?? [])];
  const cursor = further === undefined ? answer?.cursor : further.cursor;
  const showMore = async () => {
    if (cursor === undefined) return;
    const page = await call("listPilots", { query: { cursor } });
    setFurther({ ...page, pilots: [...(further?.pilots ?? []), ...page.pilots] });
  };
  return (
    <>
      <PageHeading>Pilots</PageHeading>
      {role === "coordinator" || role === "auditor" || role === "advisor" ? <Pipeline /> : null}
      {isCompany ? <StartApplication /> : null}
      {answer === undefined || error !== undefined ? <Waiting error={error} reload={reload} /> : null}
      {answer !== undefined && pilots.length === 0 ? (
        <Empty>
          {isCompany
            ? "Your company has no pilot yet. Start an application above; it appears here at once."
            : "No pilot yet. The ones you take part in appear here with their stage and state."}
        </Empty>
      ) : null}
      <ul className="cards">
        {pilots.map((pilot) => (
          <li key={pilot.id}>
            <p className="what">
              <Link to={pathTo.pilot(pilot.id)}>{pilot.title}</Link>
              <Status of={pilot.status} />
              {pilot.atRisk ? <span className="status warn">At risk</span> : null}
            </p>
            <p className="quiet">
              {pilot.organisation.name} · {countryName(pilot.country)}
              {pilot.market === undefined ? "" : ` → ${countryName(pilot.market)}`} · {stageInWords(pilot.stage)}
              {pilot.stageStatus === undefined ? "" : ` (${inWords(pilot.stageStatus).toLowerCase()})`} · applied{" "}
              {dayInWords(pilot.appliedAt)}
            </p>
          </li>
        ))}
      </ul>
      {cursor === undefined ? null : <ActionButton act={showMore}>Show more</ActionButton>}
    </>
  );
}

function Pipeline() {
  const { answer } = useAnswer("getPipeline", {});
  if (answer === undefined) return null;
  const byStage = Map.groupBy(answer.stages, ({ stage }) => stage);
  return (
    <section aria-label="Pipeline">
      <h2>{answer.programmeName}</h2>
      <dl className="figures">
        <Figure name="Pilots" value={answer.pilots} />
        <Figure name="At risk" value={answer.atRisk} />
        <Figure name="On hold" value={answer.onHold} />
        <Figure name="Open tasks" value={answer.openTasks} />
        <Figure name="Overdue tasks" value={answer.overdueTasks} />
      </dl>
      <ul className="pipeline">
        {[...byStage].map(([stage, counts]) => (
          <li key={stage}>
            <strong>{stageInWords(stage)}</strong>
            {counts.map(({ status, pilots }) => (
              <span key={status}>
                {pilots} {inWords(status).toLowerCase()}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function StartApplication() {
  const { call } = usePortal();
  // One id per open page: pressing twice, or again after a lost answer, starts one application.
  const [pilotId] = useState(() => crypto.randomUUID());
  return (
    <ActionForm
      title="Start an application"
      explanation="It opens a form you can fill in over several days. Nobody reviews it before you submit it."
      confirm="Start"
      act={async (form) => {
        const pilot = await call("startApplication", { body: { pilotId, title: textIn(form, "title") } });
        const [application] = pilot.deliverables;
        navigate(application === undefined ? pathTo.pilot(pilot.id) : pathTo.deliverable(pilot.id, application.id));
      }}
    >
      <Input type="text" name="title" label="Service and market, as a short title" maxLength={330} />
    </ActionForm>
  );
}
