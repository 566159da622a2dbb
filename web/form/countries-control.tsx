/** Several countries, each added from a list and taken out again, with what restricts it. */
import { Badge, Button, NativeSelect } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countries } from "../../shared/domain/countries.ts";
import { countryName } from "../language/format.ts";
import { countryOptions } from "./country-options.ts";
import type { FieldProps } from "./form-context.ts";

export function CountriesControl({ field, value, onChange }: FieldProps) {
  const { t } = useTranslation("form");
  const chosen: readonly string[] = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  const select = useRef<HTMLSelectElement>(null);
  // Arrows and letters run through the countries: only Enter or leaving the list says which one is meant.
  const [browsed, setBrowsed] = useState<string>();
  const add = (code: string | undefined) => {
    setBrowsed(undefined);
    if (code !== undefined && code !== "") onChange([...chosen, code]);
  };
  return (
    <>
      {chosen.length === 0 ? null : (
        <ul className="chosen">
          {chosen.map((code) => (
            <li key={code}>
              {countryName(code)}
              <Restriction code={code} />
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("field.removeCountry", { country: countryName(code) })}
                onClick={() => {
                  select.current?.focus();
                  onChange(chosen.filter((each) => each !== code));
                }}
              >
                {t("field.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NativeSelect
        aria-label={t("field.addCountryTo", { field: field.label })}
        ref={select}
        value={browsed ?? ""}
        onKeyDown={({ key }) => {
          if (key === "Enter") add(browsed);
          else if (key !== "Tab" && key !== "Shift") setBrowsed((before) => before ?? "");
        }}
        onChange={(event) => {
          if (browsed === undefined) add(event.target.value);
          else setBrowsed(event.target.value);
        }}
        onBlur={() => add(browsed)}
      >
        <option value="">{t("field.addCountry")}</option>
        {countryOptions()
          .filter((option) => !chosen.includes(option.value))
          .map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
      </NativeSelect>
    </>
  );
}

function Restriction({ code }: { readonly code: string }) {
  const { t } = useTranslation("form");
  const restriction = countries.get(code)?.restriction;
  if (restriction === undefined || restriction.state === "clear") return null;
  return (
    <Badge component="span" className="status" variant="outline" color="warn">
      {t(restriction.state === "blocked" ? "field.blocked" : "field.needsCheck", { note: restriction.note })}
    </Badge>
  );
}
