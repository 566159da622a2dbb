/** Operations on saved views: one's own, and those others share by link within the programme. */
import type { SavedViewView } from "../../shared/contracts/personal-operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { VersionConflict, type Write } from "../../shared/ports/store.ts";
import {
  MAX_VIEWS_OF_PERSON,
  readView,
  type SavedView,
  viewItem,
  viewKey,
  viewsOf,
} from "../../shared/records/views.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import type { Names } from "./names.ts";

type Ids = "listViews" | "getView" | "saveView" | "removeView";

export function viewHandlers({ store, clock }: ApiDependencies): Handlers<Ids> {
  async function listed(actor: Actor, names: Names): Promise<{ views: SavedViewView[] }> {
    const views = await viewsOf(store, actor.personId, actor.programmeId);
    const shown = await Promise.all(views.map(({ view, version }) => present(view, version, actor, names)));
    return { views: shown.sort((a, b) => a.name.localeCompare(b.name, "en")) };
  }

  /** Writes a view with its event; each view has a stream of its own. */
  async function commit(actor: Actor, view: SavedView, write: Write, type: string): Promise<void> {
    const stream = `VIEW#${view.programmeId}#${view.id}`;
    const last = await store.eventsOf(stream, { reverse: true, limit: 1 });
    try {
      await store.commit({
        writes: [write],
        event: {
          stream,
          sequence: (last.items[0]?.sequence ?? 0) + 1,
          programmeId: view.programmeId,
          type,
          at: clock.now().toISOString(),
          actor: { personId: actor.personId, role: actor.role },
          data: { viewId: view.id },
        },
      });
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      throw new Refusal("StaleVersion", "view_saved_elsewhere", { currentVersion: error.conflict.currentVersion });
    }
  }

  return {
    listViews: ({ actor, names }) => listed(actor, names),

    async getView({ params, actor, names }) {
      const found = await readView(store, actor.programmeId, params.viewId);
      if (found === undefined || (found.view.ownerId !== actor.personId && !found.view.shared)) throw noSuchView();
      return present(found.view, found.version, actor, names);
    },

    async saveView({ params, body, actor, names }) {
      const { expectedVersion, ...what } = body;
      const found = await readView(store, actor.programmeId, params.viewId);
      if (found !== undefined && found.view.ownerId !== actor.personId) {
        throw new Refusal("NotAllowed", "view_of_others");
      }
      if (
        found === undefined &&
        (await viewsOf(store, actor.personId, actor.programmeId)).length >= MAX_VIEWS_OF_PERSON
      ) {
        throw new Refusal("RuleBroken", { key: "too_many_views", most: MAX_VIEWS_OF_PERSON });
      }
      const version = found?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== version) {
        throw new Refusal("StaleVersion", "view_saved_elsewhere", { currentVersion: version });
      }
      const view: SavedView = {
        ...what,
        id: params.viewId,
        programmeId: actor.programmeId,
        ownerId: actor.personId,
        updatedAt: clock.now().toISOString(),
      };
      await commit(actor, view, { kind: "put", item: viewItem(view), expectedVersion: version }, "ViewSaved");
      return present(view, version + 1, actor, names);
    },

    async removeView({ params, actor, names }) {
      const found = await readView(store, actor.programmeId, params.viewId);
      if (found === undefined || found.view.ownerId !== actor.personId) throw noSuchView();
      const { id, programmeId } = found.view;
      const write = { kind: "delete", key: viewKey(programmeId, id), expectedVersion: found.version } as const;
      await commit(actor, found.view, write, "ViewRemoved");
      return listed(actor, names);
    },
  };
}

const noSuchView = () => new Refusal("NotFound", "no_such_view");

async function present(view: SavedView, version: number, actor: Actor, names: Names): Promise<SavedViewView> {
  const { id, name, page, filters, shared, ownerId, updatedAt } = view;
  return {
    id,
    name,
    page,
    filters: { ...filters },
    shared,
    owner: await names.person(ownerId),
    mine: ownerId === actor.personId,
    updatedAt,
    version,
  };
}
