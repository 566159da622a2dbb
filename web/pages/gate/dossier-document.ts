/** The dossier of a gate as a document, made of nothing but the answer of `getGateDossier`. */
import type { TFunction } from "i18next";
import type { Content, DocumentDefinition } from "pdfmake/build/pdfmake.js";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import {
  countryName,
  dayInWords,
  dueDayInWords,
  listInWords,
  minuteInWords,
  numberInWords,
} from "../../language/format.ts";
import { documentOf, facts, heading, subheading, table, together } from "../../pdf/document.ts";
import { inWords, someoneInWords, stageInWords, statusInWords } from "../../words.ts";

type Answer = OutputOf<"getGateDossier">;
type Dossier = Answer["dossier"];
type Round = Dossier["rounds"][number];
type Say = TFunction<["dossier", "gate", "common"]>;

/** Everything a part of the document needs to speak. */
interface Speech {
  readonly t: Say;
  readonly dossier: Dossier;
  /** A text of the process as the reader reads it. */
  say(text: string): string;
}

export function dossierDocument(
  { dossier, checksum, generatedAt, words }: Answer,
  { t, language }: { readonly t: Say; readonly language: string },
): DocumentDefinition {
  const { pilot, gate, programme } = dossier;
  const speech: Speech = { t, dossier, say: (text) => words[text] ?? text };
  const name = speech.say(gate.name);
  return documentOf({
    title: t("dossier:title", { gate: name, pilot: pilot.title }),
    subject: programme.name,
    language,
    sample: programme.sample ? t("common:shell.sample") : undefined,
    footer: t("dossier:footer", { checksum }),
    pageOf: (page, pages) => t("dossier:page", { page, pages }),
    content: [
      { text: name, style: "title", headlineLevel: 1 },
      { text: pilot.title, style: "lead" },
      ...summary(speech),
      ...(dossier.extent === "result" ? [{ text: t("dossier:resultOnly"), margin: [0, 8, 0, 0] } as const] : []),
      ...criteria(speech),
      ...dossier.rounds.flatMap((round) => roundParts(round, speech)),
      heading(t("dossier:deliverables")),
      ...dossier.deliverables.flatMap((deliverable) => deliverableParts(deliverable, speech)),
      heading(t("dossier:verify.title")),
      facts([
        [t("dossier:generatedAt"), minuteInWords(generatedAt)],
        [t("dossier:checksum"), checksum],
      ]),
      { text: t("dossier:verify.how"), margin: [0, 4, 0, 0] },
    ],
  });
}

function summary({ t, dossier, say }: Speech): Content[] {
  const { programme, pilot, company, stageRun, process, gate } = dossier;
  return [
    facts([
      [t("dossier:programme"), programme.name],
      [t("dossier:company"), t("dossier:inCountry", { name: company.name, country: countryName(company.country) })],
      [t("dossier:market"), pilot.market === undefined ? undefined : countryName(pilot.market)],
      [
        t("dossier:stage"),
        t("dossier:stageOf", {
          stage: stageInWords(stageRun.stageId),
          run: stageRun.id,
          status: statusInWords(stageRun.status),
        }),
      ],
      [t("dossier:process"), t("dossier:processOf", { name: say(process.name), version: process.version })],
      [t("dossier:gate"), t("dossier:gateOf", { id: gate.id, status: statusInWords(gate.status), round: gate.round })],
      [t("dossier:opened"), minuteInWords(gate.openedAt)],
      [t("dossier:decideBy"), dueDayInWords(gate.decideBy)],
      [
        t("dossier:team"),
        listInWords(
          pilot.team.map(({ person, role }) =>
            t("dossier:inRole", { name: person.name, role: t(`common:role.${role}`).toLowerCase() }),
          ),
        ),
      ],
      [t("dossier:note"), say(gate.special)],
    ]),
  ];
}

function criteria({ t, dossier: { gate }, say }: Speech): Content[] {
  return [
    heading(t("dossier:criteria")),
    subheading(t("gate:criteria.musts")),
    { ul: gate.musts.map(({ text }) => say(text)) },
    subheading(t("gate:criteria.shoulds")),
    { ul: gate.shoulds.map(({ text, weight }) => t("dossier:weighted", { text: say(text), weight })) },
    {
      text: t("dossier:anchors", {
        anchors: listInWords(gate.anchors.map((anchor, points) => `${points} ${say(anchor)}`)),
      }),
      style: "label",
      margin: [0, 6, 0, 0],
    },
    { text: t("gate:scores.thresholds", gate.thresholds), style: "label" },
  ];
}

function roundParts(round: Round, speech: Speech): Content[] {
  const { t, dossier } = speech;
  return [
    heading(t("dossier:round", { round: round.round })),
    ...(dossier.extent === "full" ? scoreParts(round, speech) : []),
    ...(round.skipProposal === undefined
      ? []
      : [
          subheading(t("dossier:skipProposal")),
          facts([
            [t("dossier:by"), round.skipProposal.by.name],
            [t("dossier:at"), minuteInWords(round.skipProposal.at)],
            [t("common:reason"), skipReason(round.skipProposal, t)],
            [t("common:evidence"), round.skipProposal.evidence],
          ]),
        ]),
    ...(round.decisions.length === 0
      ? [{ text: t("dossier:undecided"), margin: [0, 6, 0, 0] } as const]
      : round.decisions.flatMap((decision) => decisionParts(decision, speech))),
  ];
}

const skipReasons = [
  "already_done_elsewhere",
  "not_applicable_to_service",
  "same_market_earlier_pilot",
  "programme_decision",
  "other_with_text",
] as const;

function skipReason({ reason, text }: NonNullable<Round["skipProposal"]>, t: Say): string {
  const known = skipReasons.find((id) => id === reason);
  const said = known === undefined ? inWords(reason) : t(`gate:skip.reason.${known}`);
  return text === undefined ? said : t("common:sentence", { first: said, second: text });
}

function scoreParts(round: Round, { t, dossier: { gate }, say }: Speech): Content[] {
  if (round.scores.length === 0) return [{ text: t("dossier:noScores") }];
  return [
    table(
      [t("dossier:decider"), t("dossier:filed"), t("dossier:score")],
      ["*", 120, 70],
      round.scores.map(({ by, role, at, sealed, score }) => [
        t("dossier:inRole", { name: by.name, role: t(`common:role.${role}`).toLowerCase() }),
        minuteInWords(at),
        sealed || score === undefined ? t("dossier:sealed") : numberInWords(score),
      ]),
    ),
    ...(round.meanScore === undefined
      ? []
      : [{ text: t("gate:scores.mean", { score: numberInWords(round.meanScore) }), bold: true }]),
    ...round.scores.flatMap((score): Content[] =>
      score.sealed
        ? []
        : [
            subheading(score.by.name),
            table(
              [t("dossier:criterion"), t("dossier:answer")],
              ["*", "*"],
              [
                ...gate.musts.map(({ id, text }) => {
                  const must = score.musts?.[id];
                  const met = must?.met === true ? t("gate:scores.met") : t("gate:scores.notMet");
                  return [
                    say(text),
                    must === undefined || must.evidence === ""
                      ? met
                      : t("common:sentence", { first: met, second: must.evidence }),
                  ];
                }),
                ...gate.shoulds.map(({ id, text }) => {
                  const points = score.points?.[id];
                  return [
                    say(text),
                    points === undefined
                      ? "–"
                      : t("gate:criteria.points", { points, meaning: say(gate.anchors[points] ?? "") }),
                  ];
                }),
              ],
            ),
            ...(score.comment === undefined ? [] : [{ text: score.comment }]),
          ],
    ),
  ];
}

function decisionParts(decision: Round["decisions"][number], { t, dossier, say }: Speech): Content[] {
  const nameOf = (id: string) => say(dossier.deliverables.find((each) => each.id === id)?.name ?? id);
  return [
    subheading(t("dossier:decision", { decision: say(decision.label) })),
    facts([
      [t("dossier:by"), listInWords(decision.by.map(({ name }) => name))],
      [t("dossier:at"), minuteInWords(decision.at)],
      [t("common:reason"), decision.reason],
      [t("dossier:effect"), say(decision.effect)],
      [
        t("dossier:basedOn"),
        {
          ul: decision.basedOn.map(({ deliverableId, revision }) =>
            t("gate:history.revision", { name: nameOf(deliverableId), revision }),
          ),
        },
      ],
      [t("dossier:reworked"), decision.reworked.length === 0 ? undefined : listInWords(decision.reworked.map(nameOf))],
      [t("gate:history.approval"), decision.programmeApproval],
      [t("dossier:resumeOn"), decision.resumeOn === undefined ? undefined : dayInWords(decision.resumeOn)],
    ]),
    table(
      [t("dossier:condition"), t("dossier:owner"), t("dossier:due"), t("dossier:state")],
      ["*", 90, 70, 120],
      decision.conditions.map(({ text, ownerRole, dueAt, metAt, evidence }) => [
        text,
        inWords(someoneInWords(ownerRole)),
        dueDayInWords(dueAt),
        metAt === undefined
          ? t("dossier:notYetMet")
          : t("dossier:metBy", { day: dayInWords(metAt), evidence: evidence ?? "–" }),
      ]),
    ),
  ];
}

/** The last one holds a checksum in one line. */
const beside = [44, 118, "*"] as const;

function deliverableParts(deliverable: Dossier["deliverables"][number], { t, say }: Speech): readonly Content[] {
  const { id, name, status, revisions, reviews, skipped } = deliverable;
  const parts: readonly Content[] = [
    subheading(t("dossier:deliverable", { id, name: say(name), status: statusInWords(status) })),
    ...(skipped === undefined
      ? []
      : [
          facts([
            [t("dossier:skippedBy"), listInWords(skipped.by.map((person) => person.name))],
            [t("dossier:at"), minuteInWords(skipped.at)],
            [t("common:reason"), t("common:sentence", { first: inWords(skipped.reason), second: skipped.note })],
          ]),
        ]),
    ...(revisions.length === 0 && skipped === undefined ? [{ text: t("dossier:noRevision") }] : []),
    table(
      [t("dossier:revision"), t("dossier:submitted"), t("dossier:checksum")],
      [...beside],
      revisions.map(({ revision, submittedBy, submittedAt, checksum }) => [
        String(revision),
        t("dossier:byAt", { name: submittedBy.name, time: minuteInWords(submittedAt) }),
        { text: checksum, style: "quiet" },
      ]),
    ),
    table(
      [t("dossier:revision"), t("dossier:review"), t("dossier:criteriaPoints")],
      [...beside],
      reviews.map(({ revision, by, at, outcome, weightedPercent, criteria: reviewed }) => [
        String(revision),
        [
          t(`dossier:outcome.${outcome}`, { percent: numberInWords(weightedPercent) }),
          { text: t("dossier:byAt", { name: by.name, time: minuteInWords(at) }), style: "quiet" },
        ],
        {
          ul: reviewed.map(({ text, points, comment }) => {
            const given = t("dossier:pointsOf", { criterion: say(text), points: points ?? "–" });
            return comment === undefined ? given : t("common:sentence", { first: given, second: comment });
          }),
        },
      ]),
    ),
  ];
  return revisions.length <= 2 ? [together(...parts)] : parts;
}
