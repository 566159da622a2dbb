/** The published process versions in words, and what differs between two. */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";
import { useOperation } from "../../api/queries.ts";
import { idsInWords, listInWords, numberInWords } from "../../language/format.ts";
import { Mark } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { followUpId, someoneInWords, stageInWords } from "../../words.ts";
import { Differences } from "./differences.tsx";
import { recipientInWords, stepInWords } from "./process-words.ts";

export function ProcessPage() {
  const { t } = useTranslation(["process", "common"]);
  const { data, error, refetch } = useOperation("listProcessVersions", {});
  const trail = [
    <PageLink key="programme" to="/programme">
      {t("common:nav.programme")}
    </PageLink>,
  ];
  return (
    <>
      <PageHeading trail={trail}>{t("title")}</PageHeading>
      <p className="help">{t("help")}</p>
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <>
          <Compare versions={data.versions} />
          {data.versions.map((version) => (
            <Version key={version.version} process={version} />
          ))}
        </>
      )}
    </>
  );
}

function Compare({ versions }: { readonly versions: readonly ProcessVersionView[] }) {
  const { t } = useTranslation("process");
  const [newest, before] = versions;
  const [from, setFrom] = useState(before?.version);
  const [to, setTo] = useState(newest?.version);
  const isTwo = from !== undefined && to !== undefined;
  const { data, error, refetch } = useOperation(
    "compareProcessVersions",
    { query: { from: from ?? 0, to: to ?? 0 } },
    { enabled: isTwo },
  );
  const options = versions.map(({ version }) => ({
    value: String(version),
    label: t("version", { version }),
  }));
  return (
    <section aria-labelledby="compare">
      <h2 id="compare">{t("compare.title")}</h2>
      {isTwo ? (
        <>
          <div className="filters">
            <NativeSelect
              label={t("compare.from")}
              data={options}
              value={String(from)}
              onChange={(event) => setFrom(Number(event.currentTarget.value))}
            />
            <NativeSelect
              label={t("compare.to")}
              data={options}
              value={String(to)}
              onChange={(event) => setTo(Number(event.currentTarget.value))}
            />
          </div>
          {data === undefined ? <Waiting error={error} reload={refetch} /> : <Differences comparison={data} />}
        </>
      ) : (
        <Empty>{t("compare.one")}</Empty>
      )}
    </section>
  );
}

function Version({ process }: { readonly process: ProcessVersionView }) {
  const { t } = useTranslation("process");
  const heading = `version-${process.version}`;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>
        {t("version", { version: process.version })} {process.newest ? <Mark tone="gray">{t("newest")}</Mark> : null}
      </h2>
      <p>{t("runs", { number: numberInWords(process.runs), open: numberInWords(process.openRuns) })}</p>
      <details className="action folded">
        <summary>{t("intake")}</summary>
        <Deliverable deliverable={process.intake} />
      </details>
      {process.stages.map((stage) => (
        <details key={stage.id} className="action folded">
          <summary>
            {stage.name}: {t("days", { count: stage.durationDays })},{" "}
            {t("deliverables", { number: stage.deliverables.length })}
          </summary>
          <p>{stage.purpose}</p>
          {stage.skippable ? <p className="quiet">{t("stageSkippable")}</p> : null}
          {stage.deliverables.map((deliverable) => (
            <Deliverable key={deliverable.id} deliverable={deliverable} />
          ))}
          <Gate gate={stage.gate} />
        </details>
      ))}
      <details className="action folded">
        <summary>{stageInWords(followUpId)}</summary>
        <p>{t("followUpMonths", { months: listInWords(process.followUpMonths.map(String)) })}</p>
        <Deliverable deliverable={process.followUp} />
      </details>
      <details className="action folded">
        <summary>{t("reminders")}</summary>
        <ul>
          {process.reminders.map((step) => (
            <li key={step.id}>
              {t("reminder", { when: stepInWords(step), who: listInWords(step.to.map(recipientInWords)) })}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Deliverable({ deliverable }: { readonly deliverable: ProcessVersionView["intake"] }) {
  const { t } = useTranslation("process");
  const { id, name, purpose, dependsOn, criteria } = deliverable;
  return (
    <article className="process-part">
      <h3>
        {id} {name} {deliverable.required ? null : <Mark tone="gray">{t("voluntary")}</Mark>}
      </h3>
      <p>{purpose}</p>
      <p className="quiet">
        {t("who", {
          deliverers: listInWords(deliverable.deliveredBy.map(someoneInWords)),
          reviewers: listInWords(deliverable.reviewedBy.map(someoneInWords)),
        })}{" "}
        {t("due", { day: deliverable.dueInDays })} {t("review", { number: deliverable.reviewInWorkingDays })}{" "}
        {dependsOn.length === 0 ? null : t("after", { ids: idsInWords(listInWords(dependsOn)) })}{" "}
        {deliverable.skippable ? t("skippable") : null} {t("fields", { number: deliverable.fields })}
      </p>
      <details>
        <summary>{t("criteria", { number: criteria.length })}</summary>
        <ul>
          {criteria.map(({ text, weight, must }) => (
            <li key={text}>
              {text} <span className="quiet">{t(must ? "weightMust" : "weight", { weight })}</span>
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}

function Gate({ gate }: { readonly gate: ProcessVersionView["stages"][number]["gate"] }) {
  const { t } = useTranslation("process");
  return (
    <article className="process-part">
      <h3>
        {gate.id} {gate.name}
      </h3>
      <p className="quiet">
        {t("decide", { number: gate.decideWithinDays })} {t("experts", { number: gate.experts })}{" "}
        {t("thresholds", { advance: gate.thresholds.advance, conditions: gate.thresholds.advanceWithConditions })}
      </p>
      <p>{t("musts")}</p>
      <ul>
        {gate.mustMeet.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>{t("shoulds")}</p>
      <ul>
        {gate.shouldMeet.map(({ text, weight }) => (
          <li key={text}>
            {text} <span className="quiet">{t("weight", { weight })}</span>
          </li>
        ))}
      </ul>
    </article>
  );
}
