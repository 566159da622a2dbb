import { PageLink } from "../../parts/page.tsx";

export function PilotLink({ id, title }: { readonly id: string; readonly title: string | undefined }) {
  return (
    <PageLink to="/pilots/$pilotId" params={{ pilotId: id }}>
      {title ?? id}
    </PageLink>
  );
}
