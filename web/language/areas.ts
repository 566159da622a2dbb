/** One catalogue for each part of the portal: `web/language/<language>/<area>.json`. English says which keys there are. */
import type agreement from "./en/agreement.json";
import type ball from "./en/ball.json";
import type board from "./en/board.json";
import type common from "./en/common.json";
import type dashboard from "./en/dashboard.json";
import type dossier from "./en/dossier.json";
import type form from "./en/form.json";
import type gap from "./en/gap.json";
import type gate from "./en/gate.json";
import type inbox from "./en/inbox.json";
import type mails from "./en/mails.json";
import type people from "./en/people.json";
import type pilot from "./en/pilot.json";
import type privacy from "./en/privacy.json";
import type process from "./en/process.json";
import type programme from "./en/programme.json";
import type review from "./en/review.json";
import type search from "./en/search.json";
import type seat from "./en/seat.json";
import type settings from "./en/settings.json";
import type start from "./en/start.json";
import type states from "./en/states.json";
import type tasks from "./en/tasks.json";
import type team from "./en/team.json";
import type workspace from "./en/workspace.json";

export interface Areas {
  readonly ball: typeof ball;
  readonly agreement: typeof agreement;
  readonly board: typeof board;
  readonly common: typeof common;
  readonly dashboard: typeof dashboard;
  readonly dossier: typeof dossier;
  readonly form: typeof form;
  readonly gap: typeof gap;
  readonly gate: typeof gate;
  readonly inbox: typeof inbox;
  readonly mails: typeof mails;
  readonly people: typeof people;
  readonly pilot: typeof pilot;
  readonly privacy: typeof privacy;
  readonly process: typeof process;
  readonly programme: typeof programme;
  readonly review: typeof review;
  readonly search: typeof search;
  readonly seat: typeof seat;
  readonly settings: typeof settings;
  readonly start: typeof start;
  readonly states: typeof states;
  readonly tasks: typeof tasks;
  readonly workspace: typeof workspace;
  readonly team: typeof team;
}
export type Area = keyof Areas;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Areas;
  }
}
