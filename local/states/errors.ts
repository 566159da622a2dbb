/** Refusals with the names Step Functions gives them on the wire. */

/** The file belongs to a process that is running. */
export class StatesInUse extends Error {
  override name = "StatesInUse" as const;
  constructor(file: string, options: ErrorOptions) {
    super(`${file} is in use by another process; stop that one first, or choose another data folder.`, options);
  }
}

/** The file has a form this version does not know; it is left as it is. */
export class StatesFileTooNew extends Error {
  override name = "StatesFileTooNew" as const;
  constructor(file: string, version: number, knownVersion: number) {
    super(
      `${file} was written by a newer version of this program (format ${version}; this one knows ${knownVersion}): ` +
        "start that version again, or put back the backup made before the update.",
    );
  }
}

/** A name no ARN of Step Functions has, or one of another kind of thing. */
export class InvalidArn extends Error {
  override name = "InvalidArn" as const;
  constructor(reason: string) {
    super(`Invalid Arn: '${reason}'`);
  }
}

/** A member of the request is missing, too long, or not one of the values it may have. */
export class ValidationException extends Error {
  override name = "ValidationException" as const;
}

export class MissingRequiredParameter extends Error {
  override name = "MissingRequiredParameter" as const;
}

/** The name is taken by a state machine that is not the same in every respect. */
export class StateMachineAlreadyExists extends Error {
  override name = "StateMachineAlreadyExists" as const;
  constructor(arn: string) {
    super(`State Machine Already Exists: '${arn}'`);
  }
}

/** Express Workflows are not here. */
export class StateMachineTypeNotSupported extends Error {
  override name = "StateMachineTypeNotSupported" as const;
  constructor(type: string) {
    super(`State Machine Type Not Supported: '${type}'; only STANDARD is supported.`);
  }
}

/** What is asked for does not fit what there is: a version in use, an alias with the same name, another revision. */
export class ConflictException extends Error {
  override name = "ConflictException" as const;
}

export class ResourceNotFound extends Error {
  override name = "ResourceNotFound" as const;
  readonly resourceName: string;
  constructor(arn: string) {
    super(`Resource not found: '${arn}'`);
    this.resourceName = arn;
  }
}

export class TooManyTags extends Error {
  override name = "TooManyTags" as const;
  readonly resourceName: string;
  constructor(arn: string, most: number) {
    super(`A resource has ${most} tags at most: '${arn}'`);
    this.resourceName = arn;
  }
}

/** It is running, has succeeded, ended too long ago or has too long a history. */
export class ExecutionNotRedrivable extends Error {
  override name = "ExecutionNotRedrivable" as const;
}

export class StateMachineDoesNotExist extends Error {
  override name = "StateMachineDoesNotExist" as const;
  constructor(arn: string) {
    super(`State Machine Does Not Exist: '${arn}'`);
  }
}

export class ExecutionDoesNotExist extends Error {
  override name = "ExecutionDoesNotExist" as const;
  constructor(arn: string) {
    super(`Execution Does Not Exist: '${arn}'`);
  }
}

/** The name is taken by an execution with another input, or by one that has ended. */
export class ExecutionAlreadyExists extends Error {
  override name = "ExecutionAlreadyExists" as const;
  constructor(arn: string) {
    super(`Execution Already Exists: '${arn}'`);
  }
}

export class InvalidName extends Error {
  override name = "InvalidName" as const;
  constructor(name: string) {
    super(`Invalid Name: '${name}'`);
  }
}

export class InvalidExecutionInput extends Error {
  override name = "InvalidExecutionInput" as const;
  constructor(reason: string) {
    super(`Invalid State Machine Execution Input: '${reason}'`);
  }
}

/** The journal is closed, or refused the write (a full disk says so): nothing has happened, it can be tried again. */
export class NotRecorded extends Error {
  override name = "NotRecorded" as const;
  constructor(reason: string, options?: ErrorOptions) {
    super(`Nothing was recorded: ${reason}.`, options);
  }
}

/** The text has not the form of a task token, or the page token was not given out for this list. */
export class InvalidToken extends Error {
  override name = "InvalidToken" as const;
  constructor() {
    super("Invalid Token: 'Invalid token'");
  }
}

/** No task ever had this token. */
export class TaskDoesNotExist extends Error {
  override name = "TaskDoesNotExist" as const;
  constructor() {
    super("Task Does Not Exist: 'Provided task does not exist'");
  }
}

/** The token's task is over: answered, timed out, or its execution has ended. */
export class TaskTimedOut extends Error {
  override name = "TaskTimedOut" as const;
  constructor() {
    super("Task Timed Out: 'Provided task does not exist anymore'");
  }
}

/** The output is no JSON value or larger than 262,144 bytes. */
export class InvalidOutput extends Error {
  override name = "InvalidOutput" as const;
  constructor(reason: string) {
    super(`Invalid Output: '${reason}'`);
  }
}
