/** A text field in which "@" offers people by name, with the keys of a list: arrows, Enter, Escape. */
import { Combobox, type ComboboxStore, Textarea, useCombobox } from "@mantine/core";
import { type ReactNode, type Ref, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { askedAt, type Named, partsOf } from "./mentions.ts";

export interface Mentionable extends Named {
  /** Role and organisation, to tell people apart. */
  readonly about: string;
}

/** A text with the people it names set apart. */
export function TextWithMentions({ text, people }: { readonly text: string; readonly people: readonly Named[] }) {
  return (
    <p className="note-text">
      {partsOf(text, people).map(({ words, person }, index) =>
        person === undefined ? (
          words
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not change places.
          <strong key={index} className="mention">
            {words}
          </strong>
        ),
      )}
    </p>
  );
}

const mostOffered = 8;

export function MentionTextarea(props: {
  readonly label: string;
  readonly help: ReactNode;
  readonly value: string;
  readonly people: readonly Mentionable[];
  readonly inputRef: Ref<HTMLTextAreaElement>;
  onChange(value: string): void;
}) {
  const { t } = useTranslation("workspace");
  const { value, people, onChange } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  /** The name being typed: where its "@" stands, and what follows it. */
  const [asked, setAsked] = useState<{ readonly at: number; readonly words: string }>();
  const found =
    asked === undefined
      ? []
      : people
          .filter(({ name }) =>
            asked.words
              .toLocaleLowerCase()
              .split(/\s+/)
              .every((word) => name.toLocaleLowerCase().includes(word)),
          )
          .slice(0, mostOffered);

  const look = (text: string, caret: number) => {
    const next = askedAt(text, caret);
    setAsked(next);
    if (next === undefined) return combobox.closeDropdown();
    combobox.openDropdown();
  };

  const choose = (id: string) => {
    const person = people.find((each) => each.id === id);
    const target = field.current;
    if (person === undefined || asked === undefined || target === null) return;
    const end = asked.at + 1 + asked.words.length;
    const before = `${value.slice(0, asked.at)}@${person.name} `;
    onChange(before + value.slice(end).replace(/^ /, ""));
    setAsked(undefined);
    combobox.closeDropdown();
    requestAnimationFrame(() => {
      target.focus();
      target.setSelectionRange(before.length, before.length);
    });
  };

  const isOpen = combobox.dropdownOpened && asked !== undefined && people.length > 0;
  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="bottom-start" withinPortal={false}>
      <Combobox.Target withKeyboardNavigation={isOpen} withAriaAttributes={isOpen}>
        <Textarea
          className="field"
          ref={(element) => {
            field.current = element;
            if (typeof props.inputRef === "function") props.inputRef(element);
            else if (props.inputRef !== null) props.inputRef.current = element;
          }}
          label={props.label}
          description={props.help}
          inputWrapperOrder={["label", "input", "description", "error"]}
          autosize
          minRows={3}
          maxRows={14}
          maxLength={4000}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            look(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onSelect={(event) => {
            const { value: text, selectionStart } = event.currentTarget;
            if (asked !== undefined && askedAt(text, selectionStart)?.at !== asked.at) look(text, selectionStart);
          }}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options aria-label={t("compose.people")}>
          {found.map(({ id, name, about }) => (
            <Combobox.Option key={id} value={id}>
              <strong>{name}</strong> <span className="quiet">{about}</span>
            </Combobox.Option>
          ))}
          {found.length === 0 ? <Combobox.Empty>{t("compose.nobody")}</Combobox.Empty> : null}
        </Combobox.Options>
        <FirstOffered combobox={combobox} offered={isOpen ? found.map(({ id }) => id).join(" ") : ""} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Makes the first of those offered the one that Enter takes, whenever others are: the people may come after the "@" is typed. */
function FirstOffered({ combobox, offered }: { readonly combobox: ComboboxStore; readonly offered: string }) {
  const { selectFirstOption, resetSelectedOption } = combobox;
  // Stands after the options, which are then drawn.
  useEffect(() => {
    if (offered === "") resetSelectedOption();
    else selectFirstOption();
  }, [offered, selectFirstOption, resetSelectedOption]);
  return null;
}
