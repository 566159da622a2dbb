/** What the functions are made with on AWS: the table named by the environment, the wall's clock. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { wallClock } from "../../shared/ports/clock.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { createDynamoDbStore } from "../adapters/dynamodb-store.ts";

const environment = z.object({ TABLE_NAME: z.string().min(1) });

export function createDependencies() {
  const { TABLE_NAME: tableName } = environment.parse(process.env);
  const store = createDynamoDbStore({ client: new DynamoDBClient({}), tableName });
  return { store, clock: wallClock, pilots: createPilotRecords({ store, clock: wallClock }) };
}
