/** A page that waits, has nothing to show, or could not be shown. */
import { Button, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { problemInWords } from "./problem-in-words.ts";

/** What did not work, beside what was pressed. Null and undefined show nothing. */
export function Problem({ error }: { readonly error: unknown }) {
  useTranslation("common");
  if (error === undefined || error === null) return null;
  const { title, message } = problemInWords(error);
  return (
    <div className="problem" role="alert">
      <strong>{title}.</strong> {message}
    </div>
  );
}

export function Loading() {
  const { t } = useTranslation("common");
  return (
    <p className="quiet loading" role="status">
      <Loader size="xs" aria-hidden /> {t("loading")}
    </p>
  );
}

/** What a page shows until its answer is there. */
export function Waiting({ error, reload }: { readonly error: unknown; reload(): void }) {
  const { t } = useTranslation("common");
  if (error === undefined || error === null) return <Loading />;
  return (
    <>
      <Problem error={error} />
      <Button variant="default" onClick={reload}>
        {t("tryAgain")}
      </Button>
    </>
  );
}

/** Says what will appear here, and when. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>;
}
