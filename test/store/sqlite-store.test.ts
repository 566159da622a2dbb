import { afterEach } from "vitest";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import { storeSuite } from "./store.suite.ts";

const opened: SqliteStore[] = [];

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

storeSuite("SQLite", async () => {
  const store = openSqliteStore(":memory:");
  opened.push(store);
  return store;
});
