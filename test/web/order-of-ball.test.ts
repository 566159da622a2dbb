import { expect, test } from "vitest";
import type { BallView, PilotView } from "../../shared/contracts/views.ts";
import { inOrderOfBall } from "../../web/pages/pilots/order-of-ball.ts";

const me = {
  seatId: "expert-1",
  acting: {
    id: "m",
    programmeId: "p",
    programmeName: "Programme",
    sample: true,
    role: "expert" as const,
    organisation: { id: "pool", name: "Pool", country: "LV" },
  },
};

const since = "2027-03-01T08:00:00.000Z";
const withBall = (title: string, ball?: Partial<BallView>, status: PilotView["status"] = "active") => ({
  title,
  status,
  ...(ball === undefined ? {} : { ball: { kind: "task" as const, role: "sme" as const, since, ...ball } }),
});

test("Pilots stand in the order in which their reader has something to do, ended ones last", () => {
  const expert = (id: string) => ({ role: "expert" as const, person: { id, name: id } });
  const pilots = [
    withBall("Ended", undefined, "completed"),
    withBall("Prepared"),
    withBall("A colleague's", { ...expert("expert-2"), dueAt: "2027-03-09T21:59:00.000Z" }),
    withBall("Due later", { dueAt: "2027-03-12T21:59:00.000Z" }),
    withBall("Due now, b", { dueAt: "2027-03-10T21:59:00.000Z" }),
    withBall("Due now, a", { dueAt: "2027-03-10T21:59:00.000Z" }),
    withBall("Mine", { ...expert("expert-1"), dueAt: "2027-04-01T21:59:00.000Z" }),
    withBall("To be taken", { role: "expert", dueAt: "2027-03-20T21:59:00.000Z" }),
  ];
  const titles = inOrderOfBall(pilots, me, (a, b) => a.localeCompare(b, "en")).map(({ title }) => title);
  expect(titles).toEqual([
    "To be taken",
    "Mine",
    "A colleague's",
    "Due now, a",
    "Due now, b",
    "Due later",
    "Prepared",
    "Ended",
  ]);
});
