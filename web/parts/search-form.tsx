/** Words to look for, sent to the address with Enter or the button. */
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";

export function SearchForm(props: {
  readonly label: string;
  readonly help?: string;
  readonly confirm: string;
  /** The words of the address; when they change, they take the place of what is typed. */
  readonly q: string;
  readonly rank?: "primary";
  /** What else stands in the form. */
  readonly children?: ReactNode;
  /** Without space around them; empty: nothing is looked for. */
  find(words: string): void;
}) {
  const { label, help, confirm, q, rank, find } = props;
  const [words, setWords] = useState(q);
  useEffect(() => setWords(q), [q]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find(words.trim());
  };
  return (
    <form onSubmit={submit} className="search-form">
      <TextInput
        type="search"
        maxLength={100}
        label={label}
        description={help}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Button type="submit" variant={rank === "primary" ? "filled" : "default"}>
        {confirm}
      </Button>
      {props.children}
    </form>
  );
}
