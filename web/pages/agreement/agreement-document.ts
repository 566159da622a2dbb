/** The pilot agreement as a document, made of nothing but the answer of `getAgreement`. */
import type { TFunction } from "i18next";
import type { Content, DocumentDefinition } from "pdfmake/build/pdfmake.js";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { countryName, dayInWords, eurosInWords, listInWords, numberInWords } from "../../language/format.ts";
import { documentOf, facts, heading, table, together } from "../../pdf/document.ts";

type Answer = OutputOf<"getAgreement">;
type Agreement = Answer["agreement"];
type Say = TFunction<["agreement", "common"]>;

export function agreementDocument(
  answer: Answer,
  { t, language }: { readonly t: Say; readonly language: string },
): DocumentDefinition {
  const { agreement, checksum } = answer;
  return documentOf({
    title: t("agreement:titleOf", { pilot: agreement.pilot.title }),
    subject: agreement.programme.name,
    language,
    sample: agreement.sample ? t("common:shell.sample") : undefined,
    footer: t("agreement:footer", { checksum }),
    pageOf: (page, pages) => t("agreement:page", { page, pages }),
    content: [
      { text: t("agreement:title"), style: "title", headlineLevel: 1 },
      { text: agreement.pilot.title, style: "lead" },
      { text: t("agreement:template", { version: agreement.template.version }), style: "sample" },
      ...sectionsOf(answer, t).flatMap(({ title, rows }) => [
        heading(title),
        facts(rows.map(([name, value]) => [name, value])),
      ]),
      table(
        [t("agreement:aid.grant"), t("agreement:aid.grantor"), t("agreement:aid.amount")],
        [80, "*", 90],
        agreement.aid.received.map(({ grantor, measure, grantedOn, amountEur }) => [
          grantedOn === "" ? "–" : dayInWords(grantedOn),
          t("common:sentence", { first: grantor, second: measure }),
          eurosInWords(amountEur),
        ]),
      ),
      together(
        heading(t("agreement:stages")),
        table(
          [t("agreement:stage"), t("agreement:days")],
          ["*", 120],
          agreement.process.stages.map(({ name, days }) => [answer.words[name] ?? name, numberInWords(days)]),
        ),
      ),
      heading(t("agreement:duties")),
      ...clausesIn(agreement, t).map(
        ({ party, text }, index): Content => ({
          columns: [
            { text: `${index + 1}.`, width: 20 },
            { text: party, width: 100, style: "label" },
            { text, width: "*" },
          ],
          margin: [0, 0, 0, 6],
        }),
      ),
      together(heading(t("agreement:signatures")), {
        columns: [agreement.office.name, agreement.company.name].map(
          (name): Content => ({
            stack: [
              { text: name, bold: true },
              { text: "_".repeat(36), margin: [0, 36, 0, 2] },
              { text: t("agreement:signHere"), style: "quiet" },
            ],
          }),
        ),
      }),
      { text: t("agreement:checksum"), style: "quiet", margin: [0, 24, 0, 0] },
      { text: checksum, style: "quiet" },
    ],
  });
}

interface Section {
  readonly title: string;
  /** Rows without a value are left out. */
  readonly rows: readonly (readonly [name: string, value: string | undefined])[];
}

/** What is agreed, in the order of reading; the page shows the same. */
export function sectionsOf({ agreement, words }: Answer, t: Say): readonly Section[] {
  const { office, company, programme, service, aid, process, application } = agreement;
  return [
    {
      title: t("agreement:parties"),
      rows: [
        [t("agreement:office"), t("agreement:inCountry", { name: office.name, country: countryName(office.country) })],
        [
          t("agreement:company"),
          t("agreement:inCountry", { name: company.name, country: countryName(company.country) }),
        ],
        [t("agreement:registrationNumber"), company.registrationNumber],
        [t("agreement:contact"), company.contactName],
        [
          t("agreement:programme"),
          t("agreement:period", {
            name: programme.name,
            from: dayInWords(programme.startsOn),
            until: dayInWords(programme.endsOn),
          }),
        ],
        [
          t("agreement:admitted"),
          t("agreement:admittedBy", { day: dayInWords(agreement.admittedAt), name: office.signatory.name }),
        ],
        [t("agreement:waiver"), agreement.waiverReason],
        [t("agreement:application"), t("agreement:applicationOf", application)],
      ],
    },
    {
      title: t("agreement:work"),
      rows: [
        [t("agreement:service"), service.name],
        [t("agreement:summary"), service.summary],
        [t("agreement:markets"), listInWords(agreement.markets.map(countryName))],
        [t("agreement:motivation"), agreement.motivation],
      ],
    },
    {
      title: t("agreement:people"),
      rows: [
        [
          t("agreement:team"),
          listInWords(
            agreement.team.map(({ person, role }) =>
              t("agreement:inRole", { name: person.name, role: t(`common:role.${role}`).toLowerCase() }),
            ),
          ),
        ],
        [
          t("agreement:process"),
          t("agreement:processOf", { name: words[process.name] ?? process.name, version: process.version }),
        ],
      ],
    },
    {
      title: t("agreement:aid.title"),
      rows: [
        [t("agreement:aid.planned"), eurosInWords(aid.plannedEur)],
        [t("agreement:aid.rate"), eurosInWords(aid.hourlyRateEur)],
        [t("agreement:aid.received"), eurosInWords(aid.receivedEur)],
        [t("agreement:aid.ceiling"), eurosInWords(aid.ceilingEur)],
      ],
    },
  ];
}

const clauseIds = [
  "subject",
  "company_work",
  "company_truth",
  "office_support",
  "office_confidence",
  "gates",
  "aid",
  "withdrawal",
  "trial_data",
] as const;

/** The clauses in the reader's language; those of a later template in the words they came with. */
export const clausesIn = (
  { clauses }: Agreement,
  t: Say,
): readonly { readonly party: string; readonly text: string }[] =>
  clauses.map(({ id, party, text }) => {
    const known = clauseIds.find((each) => each === id);
    return { party: t(`agreement:party.${party}`), text: known === undefined ? text : t(`agreement:clause.${known}`) };
  });
