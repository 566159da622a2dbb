import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../../shared/contracts/client.ts";
import { MAX_BYTES_OF_PILOT } from "../../../shared/records/files.ts";
import { refusalOf } from "../../journeys/steps.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { pdfSaying, sha256Of, uploadFile } from "../../support/files.ts";
import { as } from "../../support/people.ts";

let fairway: RunningFairway;
let sme: Call;
let colleague: Call;
let stranger: Call;
let coordinator: Call;
const place = { pilotId: "files-1", deliverableId: "IN-1" };

beforeAll(async () => {
  fairway = await startFairway();
  sme = await as(fairway.url, "sme-aurora-admin");
  colleague = await as(fairway.url, "sme-aurora-member");
  stranger = await as(fairway.url, "sme-birch-admin");
  coordinator = await as(fairway.url, "coordinator-1");
  await sme("startApplication", { body: { pilotId: place.pilotId, title: "Files" } });
});
afterAll(() => fairway[Symbol.asyncDispose]());

const begin = (changes: { name?: string; bytes?: number; sha256?: string; field?: string; fileId?: string } = {}) =>
  sme("beginUpload", {
    params: place,
    body: { field: "/attachments", name: "Letter.pdf", bytes: 10, sha256: sha256Of(pdfSaying("x")), ...changes },
  });

const put = (
  { url, headers }: { readonly url: string; readonly headers: Record<string, string> },
  body: Uint8Array<ArrayBuffer>,
) => fetch(new URL(url, fairway.url), { method: "PUT", headers, body });

describe("a file of a form", () => {
  test("is uploaded, listed with who and when, and comes back byte for byte", async () => {
    const content = pdfSaying("a letter");
    const { fileId } = await uploadFile({ url: fairway.url, call: sme }, place, { name: "Kiri õe.pdf", content });
    const { files, usedBytes } = await colleague("listFiles", { params: { pilotId: place.pilotId } });
    expect(files).toContainEqual(
      expect.objectContaining({
        id: fileId,
        name: "Kiri õe.pdf",
        bytes: content.length,
        contentType: "application/pdf",
        previewable: true,
        uploadedBy: { id: "sme-aurora-admin", name: "Sample manager, Sample Aurora SIA" },
      }),
    );
    expect(usedBytes).toBeGreaterThanOrEqual(content.length);
    const { download } = await colleague("getFileLink", { params: { pilotId: place.pilotId, fileId } });
    const response = await fetch(new URL(download.url, fairway.url));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(content);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="Kiri__e.pdf"; filename*=UTF-8''Kiri%20%C3%B5e.pdf`,
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("opens in the page only where nothing in it can run", async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const { fileId } = await uploadFile({ url: fairway.url, call: sme }, place, { name: "plan.svg", content: svg });
    const { download, file } = await sme("getFileLink", {
      params: { pilotId: place.pilotId, fileId },
      query: { show: "preview" },
    });
    expect(file.previewable).toBe(false);
    const response = await fetch(new URL(download.url, fairway.url));
    expect(response.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  });

  test("is taken once, however often it is announced", async () => {
    const fileId = "11111111-1111-4111-8111-111111111111";
    const content = pdfSaying("again");
    const name = "again.pdf";
    const first = await uploadFile({ url: fairway.url, call: sme }, place, { fileId, name, content });
    const second = await uploadFile({ url: fairway.url, call: sme }, place, { fileId, name, content });
    expect(second).toEqual(first);
    const { files } = await sme("listFiles", { params: { pilotId: place.pilotId } });
    expect(files.filter(({ id }) => id === fileId)).toHaveLength(1);
    const other = await refusalOf(begin({ fileId }));
    expect(other.kind).toBe("NotInThisState");
  });

  test("is refused when kind, size or field are not what the form takes", async () => {
    expect((await refusalOf(begin({ name: "run.exe" }))).message).toContain("pdf, docx");
    expect((await refusalOf(begin({ bytes: 20_000_001 }))).message).toContain("20 MB");
    expect((await refusalOf(begin({ field: "/legalName" }))).details.pointer).toBe("/field");
  });

  test("is refused when its content is not what its name says", async () => {
    const content = new TextEncoder().encode("MZ this runs on Windows");
    const { fileId, upload } = await begin({ bytes: content.length, sha256: sha256Of(content) });
    expect((await put(upload, content)).status).toBe(200);
    const params = { pilotId: place.pilotId, fileId };
    expect((await refusalOf(sme("completeUpload", { params, body: {} }))).message).toContain("not what its name says");
  });

  test("does not count before all of it has come", async () => {
    const content = pdfSaying("whole");
    const { fileId, upload } = await begin({ bytes: content.length, sha256: sha256Of(content) });
    const params = { pilotId: place.pilotId, fileId };
    expect((await refusalOf(sme("completeUpload", { params, body: {} }))).kind).toBe("NotInThisState");
    expect((await put(upload, content.slice(0, 5))).status).toBe(422);
    expect((await put(upload, new Uint8Array([...content, 1]))).status).toBe(413);
    expect((await refusalOf(sme("completeUpload", { params, body: {} }))).kind).toBe("NotInThisState");
    expect((await put(upload, content)).status).toBe(200);
    expect(await sme("completeUpload", { params, body: {} })).toMatchObject({ bytes: content.length });
  });

  test("is nobody else's: not to list, not to open, not to add to", async () => {
    const { fileId } = await uploadFile({ url: fairway.url, call: sme }, place, {
      name: "secret.pdf",
      content: pdfSaying("secret"),
    });
    const { pilotId } = place;
    const refused = await Promise.all([
      refusalOf(stranger("listFiles", { params: { pilotId } })),
      refusalOf(stranger("getFileLink", { params: { pilotId, fileId } })),
      refusalOf(stranger("completeUpload", { params: { pilotId, fileId }, body: {} })),
      refusalOf(
        stranger("beginUpload", {
          params: place,
          body: { field: "/attachments", name: "x.pdf", bytes: 1, sha256: sha256Of(new Uint8Array()) },
        }),
      ),
    ]);
    expect(refused.map(({ kind }) => kind)).toEqual(["NotFound", "NotFound", "NotFound", "NotFound"]);
  });

  test("of a draft is for those who work on it or help; an auditor sees it once it is handed in", async () => {
    const auditor = await as(fairway.url, "auditor-1");
    const { pilotId } = place;
    const seenBefore = (await auditor("listFiles", { params: { pilotId } })).files;
    expect(seenBefore).toEqual([]);
    expect((await coordinator("listFiles", { params: { pilotId } })).files.length).toBeGreaterThan(0);
  });
});

describe("an address of a file", () => {
  test("works until it expires and only as it was given", async () => {
    const content = pdfSaying("signed");
    const { fileId } = await uploadFile({ url: fairway.url, call: sme }, place, { name: "signed.pdf", content });
    const { download } = await sme("getFileLink", { params: { pilotId: place.pilotId, fileId } });
    const url = new URL(download.url, fairway.url);
    const changed = (name: string, value: string) => {
      const other = new URL(url);
      other.searchParams.set(name, value);
      return other;
    };
    const answers = await Promise.all([
      fetch(changed("expires", "2999-01-01T00:00:00.000Z")),
      fetch(changed("disposition", "inline")),
      fetch(changed("signature", "")),
      fetch(url, { method: "PUT", body: content }),
      fetch(new URL(url.href.replace(fileId, "..%2Fsigning-key"))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect((await fetch(url)).status).toBe(200);
    await fairway.restart();
    expect((await fetch(url)).status, "the key survives").toBe(200);
    await fairway.restart(10 * 60_000);
    expect((await fetch(url)).status).toBe(403);
  });
});

describe("a submission", () => {
  const params = { pilotId: "files-2", deliverableId: "IN-1" };

  test("names the files that have not arrived, and takes those that have", async () => {
    const { fullExample } = await import("../../fixtures/form-examples.ts");
    await sme("startApplication", { body: { pilotId: params.pilotId, title: "Files" } });
    const file = await uploadFile({ url: fairway.url, call: sme }, params, {
      name: "plan.pdf",
      content: pdfSaying("plan"),
    });
    const foreign = (await sme("listFiles", { params: { pilotId: place.pilotId } })).files[0];
    const submit = (attachments: readonly object[]) =>
      sme("submitDeliverable", { params, body: { baseDraftVersion: 0, values: fullExample("IN-1", { attachments }) } });
    const { fileId, name } = file;
    const gapsOf = async (attachment: object) => {
      const refusal = await refusalOf(submit([{ fileId, name }, attachment]));
      expect(refusal.kind).toBe("FormIncomplete");
      return refusal.details.gaps;
    };
    const gap = { pointer: "/attachments/1", problem: "invalid" };
    expect(await gapsOf({ fileId: "22222222-2222-4222-8222-222222222222", name })).toMatchObject([gap]);
    expect(await gapsOf({ fileId: foreign?.id, name }), "of another pilot").toMatchObject([gap]);
    expect(await gapsOf({ fileId, name, sha256: "a".repeat(64) }), "another content").toMatchObject([gap]);
    const submitted = await submit([{ fileId, name }]);
    expect(submitted.submitted?.values.attachments).toEqual([{ fileId, name, sha256: file.sha256 }]);
    const auditor = await as(fairway.url, "auditor-1");
    const { files, quotaBytes } = await auditor("listFiles", { params: { pilotId: params.pilotId } });
    expect(files.map(({ id }) => id)).toEqual([fileId]);
    expect(quotaBytes).toBe(MAX_BYTES_OF_PILOT);
  });

  test("keeps its files when those of no form are swept a day later", async () => {
    const pilotId = "files-3";
    await sme("startApplication", { body: { pilotId, title: "Files" } });
    const upload = (name: string) =>
      uploadFile(
        { url: fairway.url, call: sme },
        { pilotId, deliverableId: "IN-1" },
        { name, content: pdfSaying(name) },
      );
    const kept = await upload("kept.pdf");
    await upload("taken out.pdf");
    await sme("saveDraft", {
      params: { pilotId, deliverableId: "IN-1" },
      body: { baseDraftVersion: 0, values: { attachments: [kept] } },
    });
    await fairway.restart(25 * 60 * 60 * 1000);
    const later = await as(fairway.url, "sme-aurora-admin");
    await uploadFile(
      { url: fairway.url, call: later },
      { pilotId, deliverableId: "IN-1" },
      {
        name: "new.pdf",
        content: pdfSaying("new"),
      },
    );
    const { files } = await later("listFiles", { params: { pilotId } });
    expect(files.map(({ name }) => name)).toEqual(["new.pdf", "kept.pdf"]);
  });
});
