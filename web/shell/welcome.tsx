/** Before signing in, and on the way back from the identity provider. */
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionButton } from "../parts/action.tsx";
import { PageHeading } from "../parts/page.tsx";
import { Problem } from "../parts/states.tsx";
import { completeSignIn, signIn } from "../session.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { Logo } from "./signs.tsx";

export function Welcome({ returnTo, error }: { readonly returnTo: string; readonly error?: unknown }) {
  const { t, i18n } = useTranslation("common");
  return (
    <main className="welcome">
      <Logo />
      <PageHeading>Fairway</PageHeading>
      <p>{t("welcome.what")}</p>
      <Problem error={error} />
      <ActionButton rank="primary" act={() => signIn(returnTo, i18n.language)}>
        {t("welcome.signIn")}
      </ActionButton>
      <LanguageSwitch />
    </main>
  );
}

/** A code is good for one use; so is this, also when React mounts a component twice. */
let redemption: Promise<string> | undefined;

export function SigningIn() {
  const { t } = useTranslation("common");
  const { history } = useRouter();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    redemption ??= completeSignIn(new URLSearchParams(location.search));
    redemption
      .then((returnTo) => history.replace(returnTo), setError)
      .finally(() => {
        redemption = undefined;
      });
  }, [history]);
  if (error !== undefined) return <Welcome returnTo="/" error={error} />;
  return <p className="welcome quiet">{t("welcome.signingIn")}</p>;
}
