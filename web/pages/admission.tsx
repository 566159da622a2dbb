/** A coordinator decides on an application: may the company take part, and who accompanies it. */
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { PilotView } from "../../shared/contracts/views.ts";
import { ActionForm, Problem, TextArea, textIn } from "../parts.tsx";
import { useAnswer, usePortal } from "../portal.ts";
import { countryName, inWords, roleWords } from "../words.ts";

const teamRoles = ["advisor", "expert", "living_lab"] as const;

export function Admission(props: { readonly pilot: PilotView; onDecided(pilot: PilotView): void }) {
  const params = { pilotId: props.pilot.id };
  const { call } = usePortal();
  const eligibility = useAnswer("getEligibility", { params });
  const isAccepted = props.pilot.deliverables.some(
    ({ definitionId, status }) => definitionId === "IN-1" && status === "accepted",
  );
  const needsWaiver = eligibility.answer?.waiverNeeded === true;

  const admit = async (form: FormData) => {
    const team = teamRoles.flatMap((role) =>
      form.getAll(role).flatMap((personId) => (typeof personId === "string" ? [{ personId, role }] : [])),
    );
    const waiverReason = textIn(form, "waiverReason");
    props.onDecided(
      await call("admitPilot", { params, body: { team, ...(waiverReason === "" ? {} : { waiverReason }) } }),
    );
  };

  return (
    <section aria-labelledby="admission">
      <h2 id="admission">Admission</h2>
      <Problem error={eligibility.error} />
      {eligibility.answer === undefined ? null : <Eligibility view={eligibility.answer} />}
      {isAccepted ? (
        <ActionForm
          title="Admit and name the team"
          explanation="Opens the first stage: its tasks and due dates start today."
          confirm="Admit pilot"
          act={admit}
        >
          {teamRoles.map((role) => (
            <Choice key={role} role={role} />
          ))}
          {needsWaiver ? <TextArea name="waiverReason" label="Reason for the waiver" maxLength={1000} /> : null}
        </ActionForm>
      ) : (
        <p className="help">The pilot can be admitted once its application form has been reviewed and accepted.</p>
      )}
      <ActionForm
        title="Reject the application"
        explanation="The company is told the reason. It may apply again."
        confirm="Reject application"
        isGrave
        act={async (form) =>
          props.onDecided(await call("rejectApplication", { params, body: { reason: textIn(form, "reason") } }))
        }
      >
        <TextArea name="reason" label="Reason" />
      </ActionForm>
    </section>
  );
}

function Eligibility({ view }: { readonly view: OutputOf<"getEligibility"> }) {
  const euros = (amount: number) => `EUR ${amount.toLocaleString("en")}`;
  const facts = [
    [
      "Size",
      `${view.sizeClass === undefined ? "not known" : inWords(view.sizeClass)}${view.headcount === undefined ? "" : `, ${view.headcount} employees`}${view.isSme ? "" : "; not an SME"}`,
    ],
    ["Focus of the programme", view.focusRuleMet ? "met" : "not met; a waiver is needed"],
    [
      "De minimis aid",
      `${euros(view.aidReceivedEur)} received, room for ${euros(view.aidRoomEur)}; ${view.aidRoomSuffices ? "enough" : "not enough"} for the planned support`,
    ],
    ["Restricted markets", view.restrictedMarkets.map(countryName).join(", ") || "none"],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Choice({ role }: { readonly role: (typeof teamRoles)[number] }) {
  const { answer, error } = useAnswer("listPeople", { query: { role } });
  return (
    <fieldset>
      <legend>{role === "advisor" ? "Advisor" : `${roleWords[role]} (optional)`}</legend>
      <Problem error={error} />
      {answer?.people.length === 0 ? <p className="help">Nobody holds this role in the programme yet.</p> : null}
      {answer?.people.map((person) => (
        <label key={person.id} className="tick">
          <input type="checkbox" name={role} value={person.id} /> {person.name}, {person.organisation.name} (
          {countryName(person.country)}, {person.openTasks} open {person.openTasks === 1 ? "task" : "tasks"})
        </label>
      ))}
    </fieldset>
  );
}
