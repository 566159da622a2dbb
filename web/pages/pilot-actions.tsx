/** What may be done with a pilot as a whole; each says its consequence before it is taken. */
import type { PilotView } from "../../shared/contracts/views.ts";
import { ActionForm, Input, TextArea, textIn } from "../parts.tsx";
import { usePortal } from "../portal.ts";

const twoWeeksMs = 14 * 24 * 60 * 60 * 1000;

export function PilotActions(props: { readonly pilot: PilotView; onChanged(pilot: PilotView): void }) {
  const { pilot } = props;
  const { call, me, now } = usePortal();
  const params = { pilotId: pilot.id };
  const isRunning = pilot.status === "active" || pilot.status === "applied";
  const mayAct = (action: string) => pilot.may.includes(action);
  const objectionOpen =
    pilot.status === "stopped" &&
    pilot.objection === undefined &&
    pilot.endedAt !== undefined &&
    now().getTime() - new Date(pilot.endedAt).getTime() < twoWeeksMs;
  const tomorrow = new Date(now().getTime() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

  return (
    <section aria-label="Actions">
      {mayAct("comment.write") && isRunning ? (
        <ActionForm
          title="Write a comment"
          confirm="Send comment"
          act={async (form) =>
            props.onChanged(
              await call("addComment", {
                params,
                body: { text: textIn(form, "text"), internal: form.get("internal") !== null },
              }),
            )
          }
        >
          <TextArea name="text" label="Comment" maxLength={4000} />
          {mayAct("comment.internal") ? (
            <p>
              <label className="tick">
                <input type="checkbox" name="internal" /> Internal note: the company does not see it
              </label>
            </p>
          ) : null}
        </ActionForm>
      ) : null}
      {mayAct("pilot.hold") && pilot.status === "active" ? (
        <ActionForm
          title="Put on hold"
          explanation="Due dates stop running; open tasks wait until the pilot is resumed."
          confirm="Put on hold"
          act={async (form) =>
            props.onChanged(
              await call("holdPilot", {
                params,
                body: { reason: textIn(form, "reason"), resumeOn: textIn(form, "resumeOn") },
              }),
            )
          }
        >
          <TextArea name="reason" label="Reason" />
          <Input type="date" name="resumeOn" label="To be resumed on" min={tomorrow} />
        </ActionForm>
      ) : null}
      {mayAct("pilot.hold") && pilot.status === "on_hold" ? (
        <ActionForm
          title="Resume"
          explanation="Due dates run again, later by the time on hold."
          confirm="Resume pilot"
          act={async (form) => {
            const reason = textIn(form, "reason");
            props.onChanged(await call("resumePilot", { params, body: reason === "" ? {} : { reason } }));
          }}
        >
          <TextArea name="reason" label="Reason" isOptional />
        </ActionForm>
      ) : null}
      {mayAct("pilot.stop") && (pilot.status === "active" || pilot.status === "on_hold") ? (
        <ActionForm
          title="Stop the pilot"
          explanation="Ends the pilot for good and cancels its open tasks. The company may object within 14 days."
          confirm="Stop for good"
          isGrave
          act={async (form) =>
            props.onChanged(await call("stopPilot", { params, body: { reason: textIn(form, "reason") } }))
          }
        >
          <TextArea name="reason" label="Reason" />
        </ActionForm>
      ) : null}
      {me.acting.role === "sme_admin" && mayAct("pilot.withdraw") && (isRunning || pilot.status === "on_hold") ? (
        <ActionForm
          title="Withdraw our pilot"
          explanation="Ends your pilot for good. What was handed in stays with the programme for its audit."
          confirm="Withdraw for good"
          isGrave
          act={async (form) =>
            props.onChanged(await call("withdrawPilot", { params, body: { reason: textIn(form, "reason") } }))
          }
        >
          <TextArea name="reason" label="Reason" />
        </ActionForm>
      ) : null}
      {me.acting.role === "sme_admin" && objectionOpen ? (
        <ActionForm
          title="Object to the stop"
          explanation="The programme looks at the decision again."
          confirm="Send objection"
          act={async (form) =>
            props.onChanged(await call("objectToStop", { params, body: { text: textIn(form, "text") } }))
          }
        >
          <TextArea name="text" label="Why the pilot should go on" maxLength={4000} />
        </ActionForm>
      ) : null}
    </section>
  );
}
