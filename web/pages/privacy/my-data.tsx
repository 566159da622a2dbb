/** What is kept about oneself: a copy of it, and being forgotten. */
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { Role } from "../../../shared/domain/actor.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { jsonFile, saveFile } from "../../parts/save-file.ts";
import { Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";

type MyErasure = OutputOf<"getMyErasure">;

export function CopyOfMyData() {
  const { t } = useTranslation("privacy");
  const { me, call, announce } = usePortal();
  const take = async () => {
    const copy = await call("exportMyData", {});
    saveFile(`fairway-my-data-${copy.generatedAt.slice(0, 10)}.json`, jsonFile(copy));
    announce(t("copy.saved"));
  };
  return (
    <section aria-labelledby="copy">
      <h2 id="copy">{t("copy.title")}</h2>
      <p>{t("copy.lead", { programme: me.acting.programmeName })}</p>
      <ul>
        <li>{t("copy.account")}</li>
        <li>{t("copy.roles")}</li>
        <li>{t("copy.messages")}</li>
        <li>{t("copy.deeds")}</li>
      </ul>
      <p className="help">{t("copy.not")}</p>
      <ActionButton act={take}>{t("copy.download")}</ActionButton>
    </section>
  );
}

/** The roles of `askErasure`: the others answer for the programme itself. */
const mayAsk = (role: Role): boolean => role !== "coordinator" && role !== "auditor" && role !== "administrator";

export function BeingForgotten() {
  const { t } = useTranslation("privacy");
  const { me } = usePortal();
  return (
    <section aria-labelledby="forget">
      <h2 id="forget">{t("forget.title")}</h2>
      {mayAsk(me.acting.role) ? <MyWish /> : <p>{t("forget.office")}</p>}
    </section>
  );
}

function MyWish() {
  const { t } = useTranslation("privacy");
  const { me } = usePortal();
  const { data, error, refetch } = useOperation("getMyErasure", {});
  return (
    <>
      <p>{t("forget.lead", { programme: me.acting.programmeName })}</p>
      <ul>
        <li>{t("forget.goes")}</li>
        <li>{t("forget.stays")}</li>
        <li>{t("forget.who")}</li>
      </ul>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : <Wish wish={data} />}
    </>
  );
}

function Wish({ wish }: { readonly wish: MyErasure }) {
  const { t } = useTranslation(["privacy", "common"]);
  const { announce } = usePortal();
  const ask = useCommand("askErasure", { invalidates: ["getMyErasure"] });
  const takeBack = useCommand("withdrawErasure", { invalidates: ["getMyErasure"] });
  const { erasure, obstacles } = wish;
  const isUnderWay = erasure?.status === "asked" || erasure?.status === "granted";
  return (
    <>
      {erasure === undefined ? null : <State erasure={erasure} />}
      {obstacles.length === 0 ? null : (
        <>
          <p>{t("forget.first")}</p>
          <ul>
            {obstacles.map((obstacle) => (
              <li key={obstacle}>{t(`forget.obstacle.${obstacle}`)}</li>
            ))}
          </ul>
        </>
      )}
      {erasure?.status === "asked" ? (
        <ActionButton
          act={async () => {
            await takeBack.mutateAsync({});
            announce(t("forget.takenBack"));
          }}
        >
          {t("forget.takeBack")}
        </ActionButton>
      ) : null}
      {isUnderWay ? null : (
        <ActionForm
          title={t("forget.ask")}
          explanation={t("forget.askHelp")}
          confirm={t("forget.askConfirm")}
          isGrave
          act={async (form) => {
            const reason = textIn(form, "reason");
            await ask.mutateAsync({ body: reason === "" ? {} : { reason } });
            announce(t("forget.asked"));
          }}
        >
          <TextArea
            name="reason"
            label={t("common:reason")}
            help={t("forget.reasonHelp")}
            maxLength={1000}
            isOptional
          />
        </ActionForm>
      )}
    </>
  );
}

function State({ erasure }: { readonly erasure: NonNullable<MyErasure["erasure"]> }) {
  const { t } = useTranslation("privacy");
  const { status, askedAt, answerBy, decided } = erasure;
  // What was taken back is over; what was carried out nobody comes to read.
  if (status === "withdrawn" || status === "done") return null;
  const said = { day: dayInWords(askedAt), answerBy: dayInWords(answerBy), name: decided?.by.name ?? "" };
  return (
    <div className="notice" role="status">
      <p>{t(`forget.state.${status}`, said)}</p>
      {decided === undefined ? null : <q>{decided.reason}</q>}
    </div>
  );
}
