/** A small panel under a summary; it closes by Escape and when the focus or a click goes elsewhere. */
import { type ReactNode, useEffect, useRef } from "react";

export function Disclosure(props: { readonly summary: ReactNode; readonly children: ReactNode; onOpen?(): void }) {
  const { summary, children, onOpen } = props;
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = () => details.current?.removeAttribute("open");
    const onElsewhere = ({ target }: Event) => {
      if (target instanceof Node && details.current?.contains(target) === false) close();
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== "Escape" || details.current?.open !== true) return;
      close();
      details.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", onElsewhere);
    document.addEventListener("focusin", onElsewhere);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onElsewhere);
      document.removeEventListener("focusin", onElsewhere);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <details ref={details} className="person" onToggle={({ currentTarget }) => currentTarget.open && onOpen?.()}>
      <summary>{summary}</summary>
      <div className="menu">{children}</div>
    </details>
  );
}
