import middy from "@middy/core";

/**
 * The one middleware stack: an error that leaves a function is logged with its name, the request's id and no data of
 * people, and goes on to whoever called (Step Functions matches its name; the stream retries).
 */
export const lambda = <Event, Result>() =>
  middy<Event, Result>().onError((request) => {
    const { error, context } = request;
    console.error(
      JSON.stringify({
        level: "error",
        error: error?.name ?? "Error",
        requestId: context?.awsRequestId,
        function: context?.functionName,
        // Places only: the message may take several lines, and quote what people wrote.
        stack: error?.stack?.split("\n").filter(isPlace).slice(0, 5),
      }),
    );
  });

const isPlace = (line: string): boolean => /^\s+at /.test(line);
