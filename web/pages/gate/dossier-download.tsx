/** The whole gate to take along: as data that can be verified, and as a document. */
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { loadWords } from "../../language/language.ts";
import { ActionButton } from "../../parts/action.tsx";
import { jsonFile, saveFile } from "../../parts/save-file.ts";
import { usePortal } from "../../portal.ts";
import type { GateProps } from "./gate-view.ts";

export function DossierDownload({ pilot, gate }: GateProps) {
  const { t } = useTranslation("gate");
  const { call, announce } = usePortal();
  const input = { params: { pilotId: pilot.id, runId: gate.runId } };
  const name = `gate-${gate.gateId}-${pilot.id}`;

  const takeData = async () => {
    const { dossier, checksum, generatedAt } = await call("getGateDossier", input);
    saveFile(`${name}.json`, jsonFile({ dossier, checksum, generatedAt }));
    announce(t("dossier.saved"));
  };
  const takeDocument = async () => {
    const [answer, { dossierDocument }, { pdfFile }] = await Promise.all([
      call("getGateDossier", input),
      import("./dossier-document.ts"),
      import("../../pdf/pdf-file.ts"),
      loadWords("dossier"),
    ]);
    const { language } = i18next;
    const definition = dossierDocument(answer, {
      t: i18next.getFixedT(language, ["dossier", "gate", "common"]),
      language,
    });
    saveFile(`${name}.pdf`, await pdfFile(definition));
    announce(t("dossier.saved"));
  };

  return (
    <section aria-labelledby="dossier">
      <h2 id="dossier">{t("dossier.title")}</h2>
      <p className="help">{gate.readsScores ? t("dossier.lead") : t("dossier.leadResult")}</p>
      <div className="buttons">
        <ActionButton act={takeDocument}>{t("dossier.pdf")}</ActionButton>
        <ActionButton act={takeData}>{t("dossier.json")}</ActionButton>
      </div>
    </section>
  );
}
