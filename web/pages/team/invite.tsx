/** A colleague is invited to the company by mail. */
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommand } from "../../api/queries.ts";
import { languages } from "../../language/languages.ts";
import { ActionForm, Input, Select, textIn } from "../../parts/action.tsx";
import { usePortal } from "../../portal.ts";

const offered = ["sme_member", "sme_admin"] as const;

export function Invite() {
  const { t } = useTranslation(["team", "common"]);
  const { announce } = usePortal();
  const invite = useCommand("inviteMember", { invalidates: ["listTeam"] });
  return (
    <ActionForm
      title={t("invite.title")}
      explanation={t("invite.explanation")}
      confirm={t("invite.confirm")}
      act={async (form) => {
        const role = offered.find((each) => each === textIn(form, "role"));
        const language = languages.find(({ code }) => code === textIn(form, "language"));
        if (role === undefined || language === undefined) return;
        const name = textIn(form, "name");
        const maySubmit = form.get("maySubmit") !== null;
        await invite.mutateAsync({
          body: { email: textIn(form, "email"), name, role, maySubmit, language: language.code },
        });
        announce(t("invite.done", { name }));
      }}
    >
      <Input type="text" name="name" label={t("invite.name")} maxLength={120} />
      <Input type="email" name="email" label={t("invite.email")} maxLength={200} />
      <Select
        name="role"
        label={t("invite.role")}
        help={t("invite.roleHelp")}
        options={offered.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
      />
      <Select
        name="language"
        label={t("invite.language")}
        help={t("invite.languageHelp")}
        options={languages.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Checkbox
        className="field"
        name="maySubmit"
        label={t("invite.maySubmit")}
        description={t("invite.maySubmitHelp")}
      />
    </ActionForm>
  );
}
