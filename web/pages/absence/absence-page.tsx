/** From when to when somebody is away, and who stands in for them. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AbsenceView } from "../../../shared/contracts/absence-operations.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, Input, Select, TextArea, textIn } from "../../parts/action.tsx";
import { Mark } from "../../parts/labels.tsx";
import { focusHeading, PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { mayStandIn } from "../../shell/navigation.ts";

export function AbsencePage() {
  const { t } = useTranslation(["inbox", "common"]);
  const { me, seat, takeSeat } = usePortal();
  const { data, error, refetch } = useOperation("listAbsences", {});
  return (
    <>
      <PageHeading
        trail={[
          <PageLink key="tasks" to="/">
            {t("common:nav.tasks")}
          </PageLink>,
        ]}
      >
        {t("absence.title")}
      </PageHeading>
      <p className="help">{t("absence.help")}</p>
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <>
          {mayStandIn(me.acting.role) && seat === undefined ? <Mine absence={data.mine} /> : null}
          {seat === undefined ? null : <p className="notice">{t("absence.inSeat", { name: seat.name })}</p>}
          <section aria-labelledby="standing-in">
            <h2 id="standing-in">{t("absence.standingIn")}</h2>
            {data.standingInFor.length === 0 ? <Empty>{t("absence.nobody")}</Empty> : null}
            <ul className="cards">
              {data.standingInFor.map((each) => (
                <li key={`${each.person.id} ${each.from}`}>
                  <p className="what">
                    {each.person.name} {each.current ? <Mark>{t("absence.now")}</Mark> : null}
                  </p>
                  <Days absence={each} />
                  {each.current && seat?.personId !== each.person.id ? (
                    <div className="buttons">
                      <Button
                        variant="default"
                        onClick={() =>
                          takeSeat({
                            membershipId: me.acting.id,
                            personId: each.person.id,
                            name: each.person.name,
                            until: each.until,
                          })
                        }
                      >
                        {t("absence.actFor", { name: each.person.name })}
                      </Button>
                    </div>
                  ) : null}
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </>
  );
}

function Days({ absence }: { readonly absence: AbsenceView }) {
  const { t } = useTranslation("inbox");
  return (
    <>
      <p className="quiet">{t("absence.days", { from: dayInWords(absence.from), until: dayInWords(absence.until) })}</p>
      {absence.note === undefined ? null : <p>{absence.note}</p>}
    </>
  );
}

function Mine({ absence }: { readonly absence: AbsenceView | undefined }) {
  const { t } = useTranslation("inbox");
  const { announce } = usePortal();
  const end = useCommand("endAbsence");
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{t("absence.mine")}</h2>
      {absence === undefined ? (
        <Empty>{t("absence.none")}</Empty>
      ) : (
        <div className="notice">
          <p>
            <strong>{t("absence.substitute", { name: absence.substitute.name })}</strong>{" "}
            {absence.current ? <Mark>{t("absence.now")}</Mark> : null}
          </p>
          <Days absence={absence} />
          <div className="buttons">
            <ActionButton
              act={async () => {
                await end.mutateAsync({});
                announce(t("absence.ended"));
                // The button goes with the absence.
                focusHeading();
              }}
            >
              {t(absence.current ? "absence.back" : "absence.cancel")}
            </ActionButton>
          </div>
        </div>
      )}
      <Plan key={absence === undefined ? "new" : "change"} isChange={absence !== undefined} />
    </section>
  );
}

function Plan({ isChange }: { readonly isChange: boolean }) {
  const { t } = useTranslation("inbox");
  const { me, announce, day } = usePortal();
  const { data, error, refetch } = useOperation("listPeople", { query: { role: me.acting.role } });
  const plan = useCommand("planAbsence");
  if (data === undefined) return <Waiting error={error} reload={refetch} />;
  if (data.people.every(({ id }) => id === me.person.id)) return <p className="help">{t("absence.alone")}</p>;
  const today = day();
  const colleagues = data.people
    .filter(({ id }) => id !== me.person.id)
    .map(({ id, name, openTasks }) => ({ value: id, label: t("more.withLoad", { name, count: openTasks }) }));
  return (
    <ActionForm
      title={t(isChange ? "absence.change" : "absence.plan")}
      explanation={t("absence.planHelp")}
      confirm={t("absence.confirm")}
      act={async (form) => {
        const note = textIn(form, "note");
        const body = {
          from: textIn(form, "from"),
          until: textIn(form, "until"),
          substituteId: textIn(form, "substituteId"),
          ...(note === "" ? {} : { note }),
        };
        await plan.mutateAsync({ body });
        announce(t("absence.planned"));
      }}
    >
      <Input type="date" name="from" label={t("absence.from")} />
      <Input type="date" name="until" label={t("absence.until")} min={today} />
      <Select name="substituteId" label={t("absence.who")} help={t("absence.whoHelp")} options={colleagues} />
      <TextArea name="note" label={t("absence.note")} isOptional maxLength={300} />
    </ActionForm>
  );
}
