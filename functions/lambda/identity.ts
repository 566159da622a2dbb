/** Lambda entries beside Cognito: whom it may ask for a code, and which person a token speaks for. */
import type {
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  PreTokenGenerationV2TriggerEvent,
} from "aws-lambda";
import * as z from "zod";
import { PERSON_PARTITION_PREFIX } from "../../shared/contracts/table.ts";
import { createCognitoUsers } from "../adapters/cognito-users.ts";
import { createEnrol, createPersonOf, NotAMember } from "../identity/sign-in.ts";
import { createDependencies } from "./dependencies.ts";
import { logError } from "./log.ts";
import { lambda } from "./middleware.ts";

/** The claim of an access token that `PERSON_CLAIM` names to the API. */
const PERSON_CLAIM = "person_id";

const dependencies = createDependencies();

const environment = z.object({
  USER_POOL_ID: z.string().min(1),
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().exactOptional(),
  /** As the AWS SDK reads it. */
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: z.url().exactOptional(),
});

function startEnrol() {
  // Lambda renews the credentials of its role only with a new process, so they may be read once.
  const { USER_POOL_ID, AWS_REGION, ...rest } = environment.parse(process.env);
  const users = createCognitoUsers({
    userPoolId: USER_POOL_ID,
    region: AWS_REGION,
    credentials: {
      accessKeyId: rest.AWS_ACCESS_KEY_ID,
      secretAccessKey: rest.AWS_SECRET_ACCESS_KEY,
      sessionToken: rest.AWS_SESSION_TOKEN,
    },
    endpoint: rest.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER,
  });
  return createEnrol({ ...dependencies, users });
}

let enrolPerson: ReturnType<typeof startEnrol> | undefined;

/** New people of the table's stream. */
export const enrol = lambda<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async (batch) => {
  enrolPerson ??= startEnrol();
  for (const record of batch.Records) {
    const personId = personIdOf(record);
    try {
      if (personId !== undefined) await enrolPerson(personId);
    } catch (error) {
      logError(error);
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
});

/** The person's id for what `PERSON_STREAM_FILTER` selects; undefined for every other record. */
function personIdOf({ eventName, dynamodb }: DynamoDBRecord): string | undefined {
  const { pk, sk } = dynamodb?.Keys ?? {};
  if (eventName !== "INSERT" || sk?.S !== "PERSON" || !pk?.S?.startsWith(PERSON_PARTITION_PREFIX)) return undefined;
  return pk.S.slice(PERSON_PARTITION_PREFIX.length);
}

const personOf = createPersonOf(dependencies);

/** Before each token, new or renewed: refuses, or says in it whose it is. */
export const preTokenGeneration = lambda<PreTokenGenerationV2TriggerEvent, PreTokenGenerationV2TriggerEvent>({
  isForPeople: (error) => error instanceof NotAMember,
}).handler(async (event) => {
  const { email = "", email_verified } = event.request.userAttributes;
  const { id } = await personOf({ email, isVerified: email_verified === "true" });
  const claims = { accessTokenGeneration: { claimsToAddOrOverride: { [PERSON_CLAIM]: id } } };
  return { ...event, response: { claimsAndScopeOverrideDetails: claims } };
});
