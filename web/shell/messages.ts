/** Short messages in the corner, read out by screen readers; they go by themselves. Their code comes with the first one. */
import i18next from "i18next";
import { ApiProblem } from "../../shared/contracts/client.ts";
import { problemInWords } from "../parts/problem-in-words.ts";

/** Something was done. */
export function tell(message: string): void {
  void show({ message, color: "good", withBorder: true, autoClose: 6000 });
}

/** Something beside what the person is at did not work; what was pressed shows its own problem in its place. */
export function tellProblem(error: unknown): void {
  const { title, message } = problemInWords(error);
  void show({
    // The same trouble of several answers is one message.
    id: message,
    ...(error instanceof ApiProblem ? { title } : {}),
    message,
    color: "alert",
    withBorder: true,
    autoClose: 10_000,
  });
}

type Message = {
  readonly id?: string;
  readonly title?: string;
  readonly message: string;
  readonly color: "good" | "alert";
  readonly withBorder: true;
  readonly autoClose: number;
};

async function show(message: Message): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  notifications.show({ ...message, closeButtonProps: { "aria-label": i18next.t("close") } });
}
