import middy from "@middy/core";
import { logError, withoutWords } from "./log.ts";

/**
 * The one middleware stack: an error that leaves a function is logged with its name, the request's id and no data of
 * people, and goes on to whoever called (Step Functions matches its name; the stream retries), without its words unless
 * they are meant for the person who called.
 */
export const lambda = <Event, Result>({
  isForPeople = () => false,
}: {
  isForPeople?: (error: Error) => boolean;
} = {}) =>
  middy<Event, Result>().onError((request) => {
    const { context } = request;
    const error = request.error instanceof Error ? request.error : new Error("Something else was thrown.");
    logError(error, { requestId: context.awsRequestId, function: context.functionName });
    request.error = isForPeople(error) ? error : withoutWords(error, context.awsRequestId);
  });
