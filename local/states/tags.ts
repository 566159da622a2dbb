/** Tags of state machines. */
import { parseStateMachineArn } from "./arns.ts";
import type { Catalog } from "./catalog.ts";
import { ResourceNotFound, TooManyTags } from "./errors.ts";

const MOST_TAGS = 50;

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export function createTags(catalog: Catalog) {
  function taggedMachine(arn: string): string {
    const { machine } = parseStateMachineArn(arn);
    if (catalog.machine(machine) === undefined) throw new ResourceNotFound(arn);
    return machine;
  }

  return {
    /** @throws ResourceNotFound @throws TooManyTags */
    tag(arn: string, tags: readonly Tag[]): void {
      const machine = taggedMachine(arn);
      checkTags(arn, [...catalog.tags(machine), ...tags]);
      catalog.atomically(() => {
        for (const { key, value } of tags) catalog.putTag(machine, key, value);
      });
    },

    untag(arn: string, keys: readonly string[]): void {
      const machine = taggedMachine(arn);
      catalog.atomically(() => {
        for (const key of keys) catalog.deleteTag(machine, key);
      });
    },

    tags: (arn: string) => ({ tags: catalog.tags(taggedMachine(arn)) }),
  };
}

/** @throws TooManyTags */
export function checkTags(arn: string, tags: readonly Tag[]): void {
  if (new Set(tags.map(({ key }) => key)).size > MOST_TAGS) throw new TooManyTags(arn, MOST_TAGS);
}
