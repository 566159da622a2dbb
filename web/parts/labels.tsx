/** Short facts that many pages show: a state, a mark, a due date. */
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dueDayInWords, dueDistanceInWords } from "../language/format.ts";
import { usePortal } from "../portal.ts";
import { statusInWords, toneOf } from "../words.ts";

export function Status({ of: status }: { readonly of: string }) {
  useTranslation("common");
  const tone = toneOf(status);
  return (
    <Badge component="span" className={tone === "gray" ? "status plain" : "status"} variant="light" color={tone}>
      {statusInWords(status)}
    </Badge>
  );
}

/** Something that asks for attention, in words. */
export function Mark({ children, tone = "warn" }: { readonly children: string; readonly tone?: "warn" | "gray" }) {
  return (
    <Badge component="span" className="status" variant="outline" color={tone}>
      {children}
    </Badge>
  );
}

export function Count({ of: count }: { readonly of: number }) {
  return (
    <Badge component="span" className="status" variant="light" color="gray">
      {count}
    </Badge>
  );
}

export function DueDate(props: {
  readonly at: string;
  readonly isOver: boolean;
  /** The pilot is on hold: the date stands still, near or past. */
  readonly isHeld?: boolean;
}) {
  const { at, isOver, isHeld = false } = props;
  const { t } = useTranslation("common");
  const { now } = usePortal();
  return (
    <span className={isOver ? "overdue" : undefined}>
      {t(isOver ? "due.over" : "due.on")} <time dateTime={at}>{dueDayInWords(at)}</time> (
      {isHeld ? t("due.still") : dueDistanceInWords(at, now())})
    </span>
  );
}
