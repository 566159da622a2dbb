/** A coordinator decides on an application: may the company take part, and who accompanies it. */
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { countryName, listInWords, priceInWords } from "../../language/format.ts";
import { ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { Facts } from "../../parts/facts.tsx";
import { focusHeading } from "../../parts/page.tsx";
import { Problem } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";

const teamRoles = ["advisor", "expert", "living_lab"] as const;

export function Admission({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "common"]);
  const { announce } = usePortal();
  const params = { pilotId: pilot.id };
  const { data: eligibility, error } = useOperation("getEligibility", { params });
  const admit = useCommand("admitPilot");
  const reject = useCommand("rejectApplication");
  const isAccepted = pilot.deliverables.some(
    ({ definitionId, status }) => definitionId === "IN-1" && status === "accepted",
  );
  /** All of this goes; how the pilot stands now is said below its heading. */
  const done = (message: string) => {
    announce(message);
    focusHeading();
  };

  return (
    <section aria-labelledby="admission">
      <h2 id="admission" tabIndex={-1}>
        {t("admission.title")}
      </h2>
      <Problem error={error} />
      {eligibility === undefined ? null : <Eligibility view={eligibility} />}
      {isAccepted ? (
        <ActionForm
          title={t("admission.admit")}
          explanation={t("admission.admitExplanation")}
          confirm={t("admission.admitConfirm")}
          act={async (form) => {
            const waiverReason = textIn(form, "waiverReason");
            const body = { team: teamIn(form), ...(waiverReason === "" ? {} : { waiverReason }) };
            await admit.mutateAsync({ params, body });
            done(t("admission.admitted", { pilot: pilot.title }));
          }}
        >
          {teamRoles.map((role) => (
            <Choice key={role} role={role} />
          ))}
          {eligibility?.waiverNeeded === true ? (
            <TextArea
              name="waiverReason"
              label={t("admission.waiver")}
              help={t("admission.waiverHelp")}
              maxLength={1000}
            />
          ) : null}
        </ActionForm>
      ) : (
        <p className="help">{t("admission.notYet")}</p>
      )}
      <ActionForm
        title={t("admission.reject")}
        explanation={t("admission.rejectExplanation")}
        confirm={t("admission.rejectConfirm")}
        isGrave
        act={async (form) => {
          await reject.mutateAsync({ params, body: { reason: textIn(form, "reason") } });
          done(t("admission.rejected"));
        }}
      >
        <TextArea name="reason" label={t("common:reason")} />
      </ActionForm>
    </section>
  );
}

const teamIn = (form: FormData) =>
  teamRoles.flatMap((role) =>
    form.getAll(role).flatMap((personId) => (typeof personId === "string" ? [{ personId, role }] : [])),
  );

function Eligibility({ view }: { readonly view: OutputOf<"getEligibility"> }) {
  const { t } = useTranslation("pilot");
  const { sizeClass = "unknown" } = view;
  const size = [
    t(`admission.sizeClass.${sizeClass}`),
    ...(view.headcount === undefined ? [] : [t("admission.employees", { count: view.headcount })]),
    ...(view.isSme ? [] : [t("admission.notSme")]),
  ];
  const aid = { received: priceInWords(view.aidReceivedEur), room: priceInWords(view.aidRoomEur) };
  const facts = [
    [t("admission.size"), size.join(", ")],
    [t("admission.focus"), view.focusRuleMet ? t("admission.focusMet") : t("admission.focusNotMet")],
    [t("admission.aid"), view.aidRoomSuffices ? t("admission.aidEnough", aid) : t("admission.aidTooLittle", aid)],
    // The application may state it too: a coordinator sees what is counted twice.
    [
      t("admission.aidElsewhere"),
      view.aidElsewhereEur === 0
        ? undefined
        : t("admission.aidElsewhereGiven", { aid: priceInWords(view.aidElsewhereEur) }),
    ],
    [
      t("admission.restricted"),
      view.restrictedMarkets.length === 0 ? t("admission.none") : listInWords(view.restrictedMarkets.map(countryName)),
    ],
  ] as const;
  return <Facts of={facts} />;
}

function Choice({ role }: { readonly role: (typeof teamRoles)[number] }) {
  const { t } = useTranslation(["pilot", "common"]);
  const { data, error } = useOperation("listPeople", { query: { role } });
  const name = t(`common:role.${role}`);
  return (
    <fieldset>
      <legend>{role === "advisor" ? name : t("admission.optionalRole", { role: name })}</legend>
      <Problem error={error} />
      {data?.people.length === 0 ? <p className="help">{t("admission.nobody")}</p> : null}
      {data?.people.map((person) => (
        <Checkbox
          key={person.id}
          className="tick"
          name={role}
          value={person.id}
          label={t("admission.person", {
            name: person.name,
            organisation: person.organisation.name,
            country: countryName(person.country),
            count: person.openTasks,
          })}
        />
      ))}
    </fieldset>
  );
}
