/** Short messages in the corner, read out by screen readers; they go by themselves. */
import { notifications } from "@mantine/notifications";
import { ApiProblem } from "../../shared/contracts/client.ts";

/** Something was done. */
export function tell(message: string): void {
  notifications.show({ message, color: "good", withBorder: true, autoClose: 6000 });
}

/** Something beside what the person is at did not work; what was pressed shows its own problem in its place. */
export function tellProblem(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({
    // The same trouble of several answers is one message.
    id: message,
    ...(error instanceof ApiProblem ? { title: error.title } : {}),
    message,
    color: "alert",
    withBorder: true,
    autoClose: 10_000,
  });
}
