/** A page whose script could not be fetched or that broke: the shell stays, and what was typed is kept on the device. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PageHeading } from "./page.tsx";

export function PageFailed({ reset }: { reset(): void }) {
  const { t } = useTranslation("common");
  return (
    <>
      <PageHeading>{t("failed.title")}</PageHeading>
      <p>{t("failed.kept")}</p>
      <Button variant="default" onClick={reset}>
        {t("tryAgain")}
      </Button>{" "}
      <Button variant="default" onClick={() => location.reload()}>
        {t("failed.reload")}
      </Button>
    </>
  );
}
