import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { speak } from "../language/language.ts";
import { languages } from "../language/languages.ts";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation("common");
  const isChecked = languages.some(({ code, isChecked }) => code === i18n.language && isChecked);
  return (
    <NativeSelect
      label={t("shell.language")}
      description={isChecked ? null : t("shell.translation")}
      inputWrapperOrder={["label", "input", "description"]}
      value={i18n.language}
      onChange={(event) => {
        const chosen = languages.find(({ code }) => code === event.currentTarget.value);
        if (chosen !== undefined) void speak(chosen.code);
      }}
    >
      {languages.map(({ code, name }) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
