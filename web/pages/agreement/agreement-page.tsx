/** The agreement an admission gives rise to: to read, to print, to sign. */
import { useParams } from "@tanstack/react-router";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../shared/contracts/client.ts";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { Role } from "../../../shared/domain/actor.ts";
import { useOperation } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action.tsx";
import { Facts } from "../../parts/facts.tsx";
import { PageHeading } from "../../parts/page.tsx";
import { pilotTrail } from "../../parts/pilot-trail.tsx";
import { jsonFile, saveFile } from "../../parts/save-file.ts";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { agreementDocument, clausesIn, sectionsOf } from "./agreement-document.ts";

export function AgreementPage() {
  const { t } = useTranslation(["agreement", "common"]);
  const { pilotId } = useParams({ from: "/portal/pilots/$pilotId/agreement" });
  const { data, error, refetch } = useOperation("getAgreement", { params: { pilotId } });
  const trail = pilotTrail({ id: pilotId, title: data?.agreement.pilot.title ?? pilotId });
  const isTooEarly = error instanceof ApiProblem && error.kind === "NotInThisState";
  return (
    <>
      <PageHeading trail={trail}>{t("title")}</PageHeading>
      {data === undefined ? (
        isTooEarly ? (
          <Empty>{t("notYet")}</Empty>
        ) : (
          <Waiting error={error} reload={refetch} />
        )
      ) : (
        <Agreement answer={data} />
      )}
    </>
  );
}

/** The company and the programme office; others read it only. */
const parties: readonly Role[] = ["sme_member", "sme_admin", "coordinator"];

function Agreement({ answer }: { readonly answer: OutputOf<"getAgreement"> }) {
  const { t } = useTranslation(["agreement", "common"]);
  const { announce, me } = usePortal();
  const isParty = parties.includes(me.acting.role);
  const { agreement, checksum, words } = answer;
  const name = `agreement-${agreement.pilot.id}`;
  const takeDocument = async () => {
    const { pdfFile } = await import("../../pdf/pdf-file.ts");
    saveFile(`${name}.pdf`, await pdfFile(agreementDocument(answer, { t, language: i18next.language })));
    announce(t("saved"));
  };
  const takeData = async () => {
    saveFile(`${name}.json`, jsonFile({ agreement, checksum }));
    announce(t("saved"));
  };
  return (
    <>
      <p className="notice">{t("template", { version: agreement.template.version })}</p>
      <p className="help">{isParty ? `${t("lead")} ${t("sign")}` : t("lead")}</p>
      <div className="buttons">
        <ActionButton rank="primary" act={takeDocument}>
          {t("pdf")}
        </ActionButton>
        <ActionButton act={takeData}>{t("json")}</ActionButton>
      </div>
      {sectionsOf(answer, t).map(({ title, rows }, index) => (
        <section key={title} aria-labelledby={`section-${index}`}>
          <h2 id={`section-${index}`}>{title}</h2>
          <Facts of={rows} />
        </section>
      ))}
      <section aria-labelledby="stages">
        <h2 id="stages">{t("stages")}</h2>
        <Facts
          of={agreement.process.stages.map(({ name, days }) => [words[name] ?? name, t("planned", { count: days })])}
        />
      </section>
      <section aria-labelledby="duties">
        <h2 id="duties">{t("duties")}</h2>
        <ol className="cards">
          {clausesIn(agreement, t).map(({ party, text }) => (
            <li key={text}>
              <p className="quiet">{party}</p>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <p className="quiet">{t("common:sentence", { first: t("checksum"), second: checksum })}</p>
    </>
  );
}
