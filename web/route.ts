/** Which page an address shows, and going there without a reload. */
import { useSyncExternalStore } from "react";

export type Route =
  | { readonly page: "tasks" }
  | { readonly page: "pilots" }
  | { readonly page: "pilot"; readonly pilotId: string }
  | { readonly page: "deliverable"; readonly pilotId: string; readonly deliverableId: string }
  | { readonly page: "gate"; readonly pilotId: string; readonly runId: string }
  | { readonly page: "mails" }
  | { readonly page: "signed-in" }
  | { readonly page: "unknown" };

export function routeOf(path: string): Route {
  const parts = path.split("/").filter((part) => part !== "");
  const [first, pilotId, kind, id] = parts.map(decoded);
  if (first === undefined || (first === "tasks" && parts.length === 1)) return { page: "tasks" };
  if (first === "mails" && parts.length === 1) return { page: "mails" };
  if (first === "signed-in") return { page: "signed-in" };
  if (first !== "pilots") return { page: "unknown" };
  if (pilotId === undefined) return { page: "pilots" };
  if (kind === undefined) return { page: "pilot", pilotId };
  if (parts.length !== 4 || id === undefined) return { page: "unknown" };
  if (kind === "deliverables") return { page: "deliverable", pilotId, deliverableId: id };
  if (kind === "gates") return { page: "gate", pilotId, runId: id };
  return { page: "unknown" };
}

export const pathTo = {
  pilot: (pilotId: string) => `/pilots/${encodeURIComponent(pilotId)}`,
  deliverable: (pilotId: string, deliverableId: string) =>
    `/pilots/${encodeURIComponent(pilotId)}/deliverables/${encodeURIComponent(deliverableId)}`,
  gate: (pilotId: string, runId: string) => `/pilots/${encodeURIComponent(pilotId)}/gates/${encodeURIComponent(runId)}`,
} as const;

export function navigate(path: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  for (const listener of listeners) listener();
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
