/** That a pilot is at risk: in words, with a sign; the colour only repeats it. */
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function Risk() {
  const { t } = useTranslation("common");
  return (
    <Badge component="span" className="status" variant="light" color="alert" leftSection={<span aria-hidden>▲</span>}>
      {t("atRisk")}
    </Badge>
  );
}
