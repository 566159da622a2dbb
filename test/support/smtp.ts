import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerError } from "smtp-server";

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The message as it came over the line. */
  readonly raw: string;
}

export interface TestSmtp extends AsyncDisposable {
  readonly url: string;
  /** What was taken over, in order. */
  readonly received: readonly ReceivedMail[];
  /** Connections that were opened. */
  readonly calls: () => number;
  /** From now on answers receivers (`RCPT TO`) or messages (after `DATA`) so; `undefined`: takes them. */
  answer(at: "receiver" | "message", code: number | undefined, text?: string): void;
  /** Called when a message was taken over and before the client is told. */
  beforeYes(act: (() => void) | undefined): void;
  /** Takes no connection any more; the same port is free for `reopen`. */
  stop(): Promise<void>;
  reopen(): Promise<void>;
}

/** A mail server of a test's own, which says what it is told to say. */
export async function startSmtp(): Promise<TestSmtp> {
  const received: ReceivedMail[] = [];
  const answers: { receiver?: SMTPServerError; message?: SMTPServerError } = {};
  let beforeYes: (() => void) | undefined;
  let calls = 0;
  let port = 0;
  let server = await open();

  async function open(): Promise<SMTPServer> {
    const opened = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      onConnect(_session, callback) {
        calls += 1;
        callback();
      },
      onRcptTo: (_address, _session, callback) => callback(answers.receiver),
      onData(stream, { envelope: { mailFrom, rcptTo } }, callback) {
        text(stream).then((raw) => {
          if (answers.message !== undefined) return callback(answers.message);
          const from = mailFrom === false ? "" : mailFrom.address;
          received.push({ from, to: rcptTo.map(({ address }) => address), raw });
          beforeYes?.();
          callback();
        }, callback);
      },
    });
    // A client that hangs up is no fault of the server.
    opened.on("error", () => {});
    const listener = opened.listen(port, "127.0.0.1");
    await once(listener, "listening");
    // A TCP server has a numbered port.
    port = (listener.address() as AddressInfo).port;
    return opened;
  }

  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    calls: () => calls,
    answer(at, code, words = "as the test wants it") {
      if (code === undefined) delete answers[at];
      else answers[at] = Object.assign(new Error(words), { responseCode: code });
    },
    beforeYes(act) {
      beforeYes = act;
    },
    stop,
    async reopen() {
      server = await open();
    },
    [Symbol.asyncDispose]: stop,
  };
}
