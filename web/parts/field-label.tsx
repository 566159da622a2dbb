/** What stands above a field of a form. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Required fields are the rule here, so the others are marked. */
export function FieldLabel({ children, isOptional }: { readonly children: ReactNode; readonly isOptional: boolean }) {
  const { t } = useTranslation("common");
  return (
    <>
      {children}
      {isOptional ? <span className="optional"> {t("optional")}</span> : null}
    </>
  );
}
