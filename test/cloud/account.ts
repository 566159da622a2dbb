/** Where the cloud-shaped system pretends to be: a region and an account that nobody has. */
export const REGION = "eu-north-1";
export const ACCOUNT = "123456789012";
export const PARTITION = "aws";

export function arn(service: string, resource: string): string {
  return `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT}:${resource}`;
}
