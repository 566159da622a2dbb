import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { languages, speak } from "../language/language.ts";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation("common");
  return (
    <NativeSelect
      label={t("shell.language")}
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
