/**
 * The programme in figures, and when its pilots will close. Every figure carries the ids of the pilots behind it, so that
 * it opens them; what is said of a pilot stands once, under its id.
 */
import * as z from "zod";
import { date, declare, id, instant, none } from "./operation.ts";
import { processRole, taskView } from "./views.ts";

const days = z.number().describe("Days with fractions; time on hold does not count");
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, "A country is its ISO 3166 code of two letters.")
  .meta({ examples: ["EE"] });
const stageId = z.enum(["needs", "feasibility", "adaptation", "guidance"]);

const figure = z.object({
  count: z.int(),
  pilotIds: z.array(z.string()).describe("The pilots behind it, each once: of tasks and stages fewer than the count"),
});

const namedPilot = z.object({
  title: z.string(),
  country: z.string().describe("The company's"),
  market: z.string().optional(),
  stage: z.string().describe("intake, or the stage's id"),
  status: z.string(),
});

const stageCycleTimes = z.object({
  stage: stageId,
  plannedDays: z.number().describe("As the newest process version has it"),
  finished: z
    .array(z.object({ pilotId: z.string(), runId: z.string(), days, endedAt: instant }))
    .describe("Passed within the period, by end"),
  medianDays: z.number().optional().describe("Absent while none is finished"),
  p85Days: z.number().optional().describe("So many days or fewer took 85 % of the finished runs"),
  running: z
    .array(z.object({ pilotId: z.string(), runId: z.string(), days, startedAt: instant, onHold: z.boolean() }))
    .describe("Under way now, with the days so far, longest first"),
});

const ageBucket = figure.extend({ fromDays: z.int(), toDays: z.int().optional().describe("Absent: and older") });

/** Who had the ball in a stage's days; where several had open work at once, the time is shared evenly among the tasks. */
const stageWaiting = z.object({
  stage: stageId,
  runs: z.int().describe("Passed within the period, or under way: the days are those of all of them"),
  parts: z.array(
    z.object({
      holder: z
        .enum(["unclaimed", "advisor", "expert", "living_lab", "coordinator", "sme"])
        .describe("unclaimed: ready, but taken by nobody; sme: with the company, claimed or not; else in work"),
      days,
      pilotIds: z.array(z.string()),
    }),
  ),
});

export const dashboardView = z.object({
  asOf: instant,
  programme: z.object({ id: z.string(), name: z.string(), startsOn: date, endsOn: date, sample: z.boolean() }),
  period: z.object({ from: date, until: date }).describe("Of finished runs and throughput, both days included"),
  /** Every pilot that a figure names. */
  pilots: z.record(z.string(), namedPilot),
  funnel: z.array(
    z.object({
      step: z.enum(["applied", "admitted", "needs", "feasibility", "adaptation", "completed"]),
      reached: figure.describe("Came so far, whenever: applied, were admitted, passed the stage, completed"),
      here: figure.describe("Of these, those that are on their way to the next step"),
      lost: figure.describe("Of these, those that ended before the next step"),
    }),
  ),
  cycleTimes: z.array(stageCycleTimes),
  ageing: z.array(
    z.object({
      kind: taskView.shape.kind,
      buckets: z.array(ageBucket),
    }),
  ),
  waiting: z.array(stageWaiting),
  overdue: z.array(figure.extend({ role: processRole })).describe("Overdue tasks by the role they are for"),
  load: z.array(
    z.object({
      advisor: z.object({ id: z.string(), name: z.string() }),
      pilots: figure.describe("In flight, on whose team the advisor is"),
      openTasks: figure.describe("Claimed by the advisor, or unclaimed in a pilot that the advisor leads"),
      overdueTasks: figure,
      estimatedHours: z.number(),
    }),
  ),
  throughput: z.array(
    z.object({
      month: z.string().describe("YYYY-MM"),
      admitted: figure,
      stagesPassed: z.array(figure.extend({ stage: stageId })),
      completed: figure,
    }),
  ),
  countryPairs: z.array(z.object({ from: z.string(), to: z.string(), inFlight: figure, completed: figure })),
});
export type DashboardView = z.infer<typeof dashboardView>;

const range = z.object({ p50: z.int(), p85: z.int() });

export const forecastView = z.object({
  asOf: date,
  /** Every pilot that is named below. */
  pilots: z.record(z.string(), namedPilot),
  inFlight: z
    .array(
      z.object({
        pilotId: z.string(),
        p50On: date.optional().describe("The day it has closed by in half of the trials in which it does not drop out"),
        p85On: date.optional(),
        closesBeforeEnd: z
          .number()
          .describe("Share of all trials, 0 to 1, in which it closes before the programme's end"),
      }),
    )
    .describe("By the likely day"),
  closeBeforeEnd: range.describe("How many of those in flight: so many or more in 50 % and 85 % of the trials"),
  lastClosesOn: z
    .object({ p50On: date, p85On: date })
    .optional()
    .describe("By when the last has closed; absent when none is in flight"),
  byMonth: z
    .array(range.extend({ month: z.string().describe("YYYY-MM") }))
    .describe("How many have closed by the end of the month: so many or more in 50 % and 85 % of the trials"),
  assumptions: z.object({
    programmeEndsOn: date,
    trials: z.int().describe("As run: fewer than asked for where very many pilots are in flight"),
    seed: z.int(),
    stages: z.array(
      z.object({
        stage: stageId,
        finishedRuns: z.int(),
        from: z.enum(["finished_runs", "plan"]).describe("plan: fewer than 5 runs are finished"),
        plannedDays: z.number(),
        medianDays: z.number().describe("Of what was drawn from"),
        p85Days: z.number(),
        dropOut: z.object({
          share: z.number().describe("Of the pilots in the stage, 0 to 1, that do not leave it by its gate"),
          from: z.enum(["stage", "programme", "none"]).describe("programme, none: fewer than 5 runs have ended"),
        }),
      }),
    ),
    plan: z
      .object({ leastFactor: z.number(), likelyFactor: z.number(), mostFactor: z.number() })
      .describe(
        "Spread of a planned duration: a triangle between so many times the plan, with its top at the likely one",
      ),
    overrunFactor: z
      .number()
      .describe("A run that takes longer than any before ends within so many times the days it has run"),
    overrunning: z.array(z.string()).describe("Pilots whose current stage takes longer than any before"),
    leftOut: z.array(z.object({ pilotId: z.string(), why: z.enum(["not_admitted"]) })),
  }),
});
export type ForecastView = z.infer<typeof forecastView>;

export const dashboardOperations = declare({
  getDashboard: {
    method: "GET",
    path: "/api/dashboard",
    summary: "The programme in figures; read from the projection",
    roles: ["advisor", "coordinator", "auditor"],
    params: none,
    query: z.strictObject({
      country: country.exactOptional().describe("The company's"),
      market: country.exactOptional(),
      advisorId: id.exactOptional().describe("On the pilot's team"),
      from: date.exactOptional().describe("Of finished runs and throughput; the first application unless given"),
      until: date.exactOptional().describe("Today unless given"),
    }),
    body: none,
    output: dashboardView,
  },
  getForecast: {
    method: "GET",
    path: "/api/forecast",
    summary: "When the pilots in flight will close: a simulation over finished durations",
    roles: ["advisor", "coordinator", "auditor"],
    params: none,
    query: z.strictObject({
      trials: z.coerce.number().int().min(100).max(10_000).exactOptional(),
      seed: z.coerce
        .number()
        .int()
        .min(0)
        .max(2 ** 32 - 1)
        .exactOptional()
        .describe("The same all day unless given"),
    }),
    body: none,
    output: forecastView,
  },
});
