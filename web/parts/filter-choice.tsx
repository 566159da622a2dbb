/** A field that leaves of a list what has one value: a country, an advisor. */
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { inOrder } from "../language/format.ts";

export type FilterOption = readonly [id: string, name: string];

/** Each once, in order of name. */
export const filterOptions = (ids: readonly string[], nameOf: (id: string) => string): FilterOption[] =>
  [...new Set(ids)].map((id) => [id, nameOf(id)] as const).sort(([, a], [, b]) => inOrder(a, b));

export function FilterChoice(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly FilterOption[];
  choose(value: string | undefined): void;
}) {
  const { t } = useTranslation("common");
  const { label, value, options, choose } = props;
  // An address may ask for what the list no longer has.
  const isKnown = value === undefined || options.some(([id]) => id === value);
  return (
    <NativeSelect
      label={label}
      value={value ?? ""}
      onChange={({ currentTarget }) => choose(currentTarget.value === "" ? undefined : currentTarget.value)}
    >
      <option value="">{t("all")}</option>
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
