import { describe, expect, test } from "vitest";
import { assertKeepsEscalations, deliveryOf } from "../../shared/domain/notifications.ts";
import { Refusal } from "../../shared/domain/refusal.ts";

describe("what people are written to about", () => {
  test("comes as usual until they say otherwise", () => {
    expect(deliveryOf({}, "rework", true)).toBe("at_once");
    expect(deliveryOf({}, "news", false)).toBe("digest");
  });

  test("follows their choice for the topic, and for no other", () => {
    const settings = { tasks: "digest", news: "none" } as const;
    expect(deliveryOf(settings, "rework", true)).toBe("digest");
    expect(deliveryOf(settings, "news", false)).toBe("none");
    expect(deliveryOf(settings, "gate_decided", true)).toBe("at_once");
    expect(deliveryOf({ reminders: "at_once" }, "due_soon", false)).toBe("at_once");
  });

  test("never leaves late work out, also with settings from elsewhere", () => {
    expect(() => assertKeepsEscalations({ escalations: "none" })).toThrow(Refusal);
    expect(() => assertKeepsEscalations({ tasks: "none", escalations: "digest" })).not.toThrow();
    expect(deliveryOf({ escalations: "none" }, "overdue", true)).toBe("digest");
  });
});
