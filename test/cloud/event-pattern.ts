/** Event patterns of EventBridge and of Lambda's event sources, as far as the templates use them. */
export type EventPattern = Readonly<Record<string, unknown>>;

/** Whether the event has every field of the pattern, with one of the values it lists. */
export function fits(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = typeof event === "object" && event !== null ? Reflect.get(event, field) : undefined;
    if (!Array.isArray(wanted)) return fits(wanted as EventPattern, value);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.some((each) => wanted.some((option) => isOne(option, each)));
  });
}

function isOne(option: unknown, value: unknown): boolean {
  if (typeof option !== "object" || option === null) return option === value;
  const [[operator, argument] = []] = Object.entries(option);
  if (operator === "prefix") return typeof value === "string" && value.startsWith(String(argument));
  throw new Error(`The operator ${operator} of event patterns is not in the model.`);
}
