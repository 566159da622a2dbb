/** The secret address of one's due dates. It is shown once: Fairway keeps only its hash. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../../api/queries.ts";
import { dayInWords } from "../../language/format.ts";
import { ActionButton, ActionForm } from "../../parts/action.tsx";
import { usePortal } from "../../portal.ts";

export function CalendarLink({ since }: { readonly since: string | undefined }) {
  const { t } = useTranslation("settings");
  const { announce } = usePortal();
  const [address, setAddress] = useState<string>();
  const makeLink = useCommand("makeCalendarLink", { invalidates: ["getMySettings"] });
  const revokeLink = useCommand("revokeCalendarLink", { invalidates: ["getMySettings"] });
  const make = async () => {
    const { path } = await makeLink.mutateAsync({});
    setAddress(location.origin + path);
    announce(t("calendar.made"));
  };
  const revoke = async () => {
    await revokeLink.mutateAsync({});
    setAddress(undefined);
    announce(t("calendar.revoked"));
  };
  return (
    <section aria-labelledby="calendar">
      <h2 id="calendar">{t("calendar.title")}</h2>
      <p className="help">{t("calendar.help")}</p>
      {address === undefined ? null : <NewAddress address={address} />}
      {since === undefined && address === undefined ? (
        <>
          <p>{t("calendar.none")}</p>
          <ActionButton rank="primary" act={make}>
            {t("calendar.make")}
          </ActionButton>
        </>
      ) : (
        <>
          {address === undefined && since !== undefined ? (
            <p>{t("calendar.since", { day: dayInWords(since) })}</p>
          ) : null}
          <ActionForm
            title={t("calendar.makeNew")}
            explanation={t("calendar.makeNewHelp")}
            confirm={t("calendar.make")}
            act={make}
          />
          <ActionForm
            title={t("calendar.revoke")}
            explanation={t("calendar.revokeHelp")}
            confirm={t("calendar.revoke")}
            isGrave
            act={revoke}
          />
        </>
      )}
    </section>
  );
}

function NewAddress({ address }: { readonly address: string }) {
  const { t } = useTranslation("settings");
  const { announce } = usePortal();
  return (
    <div className="notice good">
      <p>{t("calendar.once")}</p>
      <TextInput
        label={t("calendar.address")}
        readOnly
        value={address}
        onFocus={(event) => event.currentTarget.select()}
      />
      <p className="buttons">
        <ActionButton
          rank="primary"
          act={async () => {
            await navigator.clipboard.writeText(address);
            announce(t("calendar.copied"));
          }}
        >
          {t("calendar.copy")}
        </ActionButton>
        <Button component="a" variant="default" href={address.replace(/^https?:/, "webcal:")}>
          {t("calendar.open")}
        </Button>
      </p>
      <h3>{t("calendar.howTo")}</h3>
      <ul>
        <li>{t("calendar.google")}</li>
        <li>{t("calendar.outlook")}</li>
        <li>{t("calendar.apple")}</li>
      </ul>
      <p className="help">{t("calendar.delay")}</p>
    </div>
  );
}
