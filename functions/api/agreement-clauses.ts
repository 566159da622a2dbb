/**
 * What the parties of a pilot agreement promise each other, in neutral words. It is a template: the programme's lawyer
 * checks it before anybody signs. A changed wording is a new version, so that what an agreement said can be told from it.
 */
import type { Agreement } from "../../shared/contracts/agreement-operations.ts";

export const agreementTemplate = { id: "fairway-pilot-agreement", version: 1 } as const;

export const agreementClauses: Agreement["clauses"] = [
  {
    id: "subject",
    party: "both",
    text: "The programme office and the company walk this pilot through the stages named here, each with its deliverables and its gate.",
  },
  {
    id: "company_work",
    party: "company",
    text: "The company names people for the pilot and hands in its deliverables by their due dates, or says in time that it needs longer.",
  },
  {
    id: "company_truth",
    party: "company",
    text: "The company answers to the best of its knowledge and tells of changes that matter for its admission, such as its size or aid it has received.",
  },
  {
    id: "office_support",
    party: "office",
    text: "The programme office provides the team named here within the planned value of support; an hour of support counts at the rate named here.",
  },
  {
    id: "office_confidence",
    party: "office",
    text: "The programme office shows what the company hands in only to those who work on the pilot, and to those who audit the programme.",
  },
  {
    id: "gates",
    party: "both",
    text: "After each stage a gate decides how the pilot goes on; the company is told the decision and its reason, and may object to a stop within 14 days.",
  },
  {
    id: "aid",
    party: "both",
    text: "The support is counted as de minimis aid to the company; the value that was used is recorded and told to the company at the end.",
  },
  {
    id: "withdrawal",
    party: "company",
    text: "The company may withdraw the pilot at any time with a reason; what was handed in until then stays on record for the audit of the programme.",
  },
  {
    id: "trial_data",
    party: "both",
    text: "Personal data of people who take part in trials stays with the living lab and is not kept in Fairway.",
  },
];
