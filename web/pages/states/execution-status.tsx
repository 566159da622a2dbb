import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ExecutionDetail } from "../../../shared/contracts/engine-operations.ts";

const tones = { RUNNING: "fairway", SUCCEEDED: "good", FAILED: "alert", TIMED_OUT: "alert", ABORTED: "warn" } as const;

export function ExecutionStatus({ of: status }: { readonly of: ExecutionDetail["status"] }) {
  const { t } = useTranslation("states");
  return (
    <Badge component="span" className="status" variant="light" color={tones[status]}>
      {t(`statuses.${status}`)}
    </Badge>
  );
}
