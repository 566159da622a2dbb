/** What was pressed often goes with what it did: reading goes on at what stood around it, not at the top of the page. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

const places = "li, section, fieldset, main";
const namesOfPlaces = "h1, h2, h3, legend, .what";

/** For a control, or what holds some, that may be gone once it has done its work. */
export function useFocusKept<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useLayoutEffect(() => {
    const { current } = part;
    return () => {
      if (current === null || !current.contains(document.activeElement)) return;
      const around = placesAround(current);
      // A page that knows better where to go on has gone there by the second frame.
      requestAnimationFrame(() => requestAnimationFrame(() => focusFirst(around)));
    };
  }, []);
  return part;
}

/** For a dialog that is gone all at once when it closes, with nothing left to give the focus back to what opened it. */
export function useFocusReturned(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && document.activeElement === document.body) opener.focus();
    },
    [opener],
  );
}

function placesAround(element: Element): readonly Element[] {
  const place = element.parentElement?.closest(places) ?? null;
  return place === null ? [] : [place, ...placesAround(place)];
}

function focusFirst(around: readonly Element[]): void {
  if (document.activeElement !== document.body) return;
  const name = around
    .filter((place) => place.isConnected)
    .map((place) => place.querySelector<HTMLElement>(namesOfPlaces))
    .find((each) => each !== null);
  if (name === undefined || name === null) return;
  name.tabIndex = -1;
  name.focus();
}
