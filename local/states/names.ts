import { InvalidName } from "./errors.ts";

/** 1 to 80 characters without blanks, brackets, wildcards, controls and `"#%\^|~`$&,;:/`, as Step Functions has it. */
export function checkName(name: string): void {
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name)) throw new InvalidName(name);
}
