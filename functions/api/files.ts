/**
 * Operations on the files of a pilot. Bytes never pass here: people get signed addresses, and what arrived is checked
 * before it counts. Files nobody uses make room when somebody needs it: each upload sweeps its pilot's leftovers.
 */
import { randomUUID } from "node:crypto";
import type { FileView } from "../../shared/contracts/file-operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { attachmentsIn, uploadLimits } from "../../shared/domain/forms/attachments.ts";
import { extensionOf, fileKindOf, isAccepted } from "../../shared/domain/forms/file-kinds.ts";
import { assertMay, may, playsRole } from "../../shared/domain/permissions.ts";
import { mayReadForm } from "../../shared/domain/pilot/business-case.ts";
import { type Deliverable, isWorkable, type PilotState } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { Files } from "../../shared/ports/files.ts";
import { VersionConflict } from "../../shared/ports/store.ts";
import {
  announceFile,
  type FileRecord,
  fileArrived,
  filesOf,
  forgetFile,
  MAX_BYTES_OF_PILOT,
  MAX_FILES_OF_PILOT,
  orphanedFiles,
  readFile,
} from "../../shared/records/files.ts";
import { noteRead } from "./access.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import type { Names } from "./names.ts";
import { readablePilot } from "./pilots.ts";
import { definitionOf } from "./present.ts";

type Ids = "listFiles" | "beginUpload" | "completeUpload" | "getFileLink";

export function fileHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock, pilots } = dependencies;

  function bytesStore(): Files {
    if (dependencies.files === undefined) {
      throw new Refusal("NotInThisState", "files_not_kept");
    }
    return dependencies.files;
  }

  /** Frees what nobody uses. Whoever is quicker at it, it is done once. */
  async function sweep(pilotId: string, actor: Actor): Promise<void> {
    const now = clock.now();
    for (const orphan of await orphanedFiles(store, pilotId, now)) {
      try {
        await forgetFile(store, orphan, { at: now.toISOString(), actor });
      } catch (error) {
        if (error instanceof VersionConflict) continue;
        throw error;
      }
      await bytesStore().remove(orphan.id);
    }
  }

  /** A repeat of the same announcement is none. An id is taken once and for all: its bytes are nobody else's. */
  async function announce(file: FileRecord, actor: Actor): Promise<void> {
    const same = ({ begunAt: _, storedAt: __, ...what }: FileRecord) => JSON.stringify(Object.entries(what).sort());
    try {
      await announceFile(store, file, { at: file.begunAt, actor });
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      const before = await readFile(store, file.pilotId, file.id);
      if (before !== undefined && same(before) === same(file)) return;
      throw new Refusal("NotInThisState", "file_id_taken");
    }
  }

  /** Drafts are private to those who work on them and those who help; what was handed in is for all readers. */
  async function readableBy(actor: Actor, state: PilotState, files: readonly FileRecord[]) {
    const helps = actor.role === "coordinator" || actor.role === "advisor";
    const readable = await Promise.all(
      [...Map.groupBy(files, ({ deliverableId }) => deliverableId)].map(async ([deliverableId, ofDeliverable]) => {
        const deliverable = state.deliverables[deliverableId];
        if (deliverable === undefined || !mayReadForm(actor, deliverable, state)) return [];
        if (helps || deliversIt(actor, state, deliverable)) return ofDeliverable;
        const handedIn = await filesHandedIn(deliverable);
        return ofDeliverable.filter(({ id }) => handedIn.has(id));
      }),
    );
    return readable.flat();

    async function filesHandedIn(deliverable: Deliverable): Promise<ReadonlySet<string>> {
      const numbers = Array.from({ length: deliverable.revision }, (_, index) => index + 1);
      const revisions = await Promise.all(numbers.map((each) => pilots.revision(state.pilot.id, deliverable.id, each)));
      return new Set(revisions.flatMap((each) => attachmentsIn(each?.values).map(({ fileId }) => fileId)));
    }
  }

  async function readableFile(actor: Actor, pilotId: string, fileId: string) {
    const state = await readablePilot(dependencies, pilotId, actor);
    const file = await readFile(store, pilotId, fileId);
    const [readable] = file?.storedAt === undefined ? [] : await readableBy(actor, state, [file]);
    if (readable === undefined) throw new Refusal("NotFound", "no_such_file");
    return { state, file: readable };
  }

  return {
    async listFiles({ params, actor, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const arrived = (await filesOf(store, params.pilotId)).filter(({ storedAt }) => storedAt !== undefined);
      const files = [...(await readableBy(actor, state, arrived))].sort((a, b) =>
        (a.storedAt ?? "") < (b.storedAt ?? "") ? 1 : -1,
      );
      return {
        files: await Promise.all(files.map((file) => presentFile(file, names))),
        usedBytes: arrived.reduce((sum, { bytes }) => sum + bytes, 0),
        quotaBytes: MAX_BYTES_OF_PILOT,
      };
    },

    async beginUpload({ params, body, actor }) {
      const { pilotId, deliverableId } = params;
      const state = await readablePilot(dependencies, pilotId, actor);
      const deliverable = state.deliverables[deliverableId];
      if (deliverable === undefined) throw new Refusal("NotFound", "no_such_deliverable");
      assertMay(actor, "draft.edit", state.pilot);
      if (!deliversIt(actor, state, deliverable)) {
        throw new Refusal("NotAllowed", "files_by_performers");
      }
      if (!isWorkable(deliverable)) {
        throw new Refusal("NotInThisState", "not_worked_on", { status: deliverable.status });
      }
      assertFits(definitionOf(state, deliverable).formSchema, body);
      bytesStore();
      await sweep(pilotId, actor);
      const present = (await filesOf(store, pilotId)).filter(({ id }) => id !== body.fileId);
      const used = present.reduce((sum, { bytes }) => sum + bytes, 0);
      if (present.length >= MAX_FILES_OF_PILOT || used + body.bytes > MAX_BYTES_OF_PILOT) {
        throw new Refusal("RuleBroken", "files_full");
      }
      const at = clock.now().toISOString();
      const file: FileRecord = {
        id: body.fileId ?? randomUUID(),
        pilotId,
        programmeId: state.pilot.programmeId,
        deliverableId,
        name: body.name,
        bytes: body.bytes,
        sha256: body.sha256,
        uploadedBy: actor.personId,
        begunAt: at,
      };
      await announce(file, actor);
      const upload = await bytesStore().upload(file.id, { ...body, contentType: contentTypeOf(file) });
      return { fileId: file.id, upload: { ...upload, headers: { ...upload.headers } } };
    },

    async completeUpload({ params, actor, names }) {
      const { pilotId, fileId } = params;
      await readablePilot(dependencies, pilotId, actor);
      const file = await readFile(store, pilotId, fileId);
      if (file === undefined || file.uploadedBy !== actor.personId) {
        throw new Refusal("NotFound", "no_such_upload");
      }
      if (file.storedAt !== undefined) return presentFile(file, names);
      const arrived = await bytesStore().arrived(fileId);
      if (arrived === undefined) {
        throw new Refusal("NotInThisState", "file_not_arrived");
      }
      if (arrived.bytes !== file.bytes || arrived.sha256 !== file.sha256) {
        throw new Refusal("RuleBroken", "file_changed");
      }
      if (fileKindOf(file.name)?.looksRight(arrived.head) !== true) {
        throw new Refusal("RuleBroken", {
          key: "file_not_what_it_says",
          name: file.name,
          kind: extensionOf(file.name),
        });
      }
      const at = clock.now().toISOString();
      try {
        return await presentFile(await fileArrived(store, file, { at, actor }), names);
      } catch (error) {
        const meanwhile = error instanceof VersionConflict ? await readFile(store, pilotId, fileId) : undefined;
        if (meanwhile?.storedAt === undefined) throw error;
        return presentFile(meanwhile, names);
      }
    },

    async getFileLink({ params, query, actor, names }) {
      const { state, file } = await readableFile(actor, params.pilotId, params.fileId);
      const deliverable = state.deliverables[file.deliverableId];
      if (deliverable !== undefined) await noteRead(dependencies, actor, state, deliverable, deliverable.revision);
      const view = await presentFile(file, names);
      const disposition = query.show === "preview" && view.previewable ? "inline" : "attachment";
      const { name, contentType } = view;
      const download = await bytesStore().download(file.id, { name, contentType, disposition });
      return { file: view, download: { ...download, headers: { ...download.headers } } };
    },
  };
}

function deliversIt(actor: Actor, state: PilotState, deliverable: Deliverable): boolean {
  return (
    definitionOf(state, deliverable).deliveredBy.some((role) => playsRole(actor, role, state.pilot)) &&
    may(actor, "draft.edit", state.pilot)
  );
}

function assertFits(
  form: Parameters<typeof uploadLimits>[0],
  { field, name, bytes }: { readonly field: string; readonly name: string; readonly bytes: number },
): void {
  const limits = uploadLimits(form, field);
  if (limits === undefined) {
    throw new Refusal("RuleBroken", "no_files_there", { pointer: "/field" });
  }
  if (!isAccepted(limits.accept, name) || fileKindOf(name) === undefined) {
    throw new Refusal("RuleBroken", { key: "file_kinds", kinds: limits.accept }, { pointer: "/name" });
  }
  if (bytes > limits.maxBytes) {
    throw new Refusal(
      "RuleBroken",
      { key: "file_too_large", megabytes: limits.maxBytes / 1_000_000 },
      { pointer: "/bytes" },
    );
  }
}

const contentTypeOf = ({ name }: Pick<FileRecord, "name">): string =>
  fileKindOf(name)?.contentType ?? "application/octet-stream";

async function presentFile(file: FileRecord, names: Names): Promise<FileView> {
  const kind = fileKindOf(file.name);
  return {
    id: file.id,
    pilotId: file.pilotId,
    deliverableId: file.deliverableId,
    name: file.name,
    bytes: file.bytes,
    sha256: file.sha256,
    contentType: contentTypeOf(file),
    uploadedBy: await names.person(file.uploadedBy),
    uploadedAt: file.storedAt ?? file.begunAt,
    previewable: kind?.previewable ?? false,
  };
}
