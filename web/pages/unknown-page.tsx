import { useTranslation } from "react-i18next";
import { PageHeading, PageLink } from "../parts/page.tsx";

export function UnknownPage() {
  const { t } = useTranslation("common");
  return (
    <>
      <PageHeading>{t("unknown.title")}</PageHeading>
      <p>
        {t("unknown.why")} <PageLink to="/">{t("unknown.home")}</PageLink>
      </p>
    </>
  );
}
