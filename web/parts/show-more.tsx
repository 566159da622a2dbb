/** The end of a list that comes page by page. */
import { useTranslation } from "react-i18next";
import { ActionButton } from "./action.tsx";

/** Takes what `usePages` gave; nothing when all of the list is there. `children`: what it says instead of "Show more". */
export function ShowMore({
  of: { hasNextPage, fetchNextPage },
  children,
}: {
  readonly of: { readonly hasNextPage: boolean; fetchNextPage(asked: { throwOnError: true }): Promise<unknown> };
  readonly children?: string;
}) {
  const { t } = useTranslation("common");
  if (!hasNextPage) return null;
  return (
    <ActionButton act={async () => void (await fetchNextPage({ throwOnError: true }))}>
      {children ?? t("showMore")}
    </ActionButton>
  );
}
