/** Every country, to choose from, by its name in the reader's language. */
import { countries } from "../../shared/domain/countries.ts";
import { countryName, inOrder } from "../language/format.ts";
import type { Option } from "./form-model.ts";

export const countryOptions = (): readonly Option[] =>
  [...countries.keys()]
    .map((code) => ({ value: code, label: countryName(code) }))
    .toSorted((a, b) => inOrder(a.label, b.label));
