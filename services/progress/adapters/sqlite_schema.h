#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_

namespace edirae::progress {

// How the ledger's file came about, version by version. A step that was ever released never changes.
//
// `event` grows at its end only, so that a commit touches few of its pages. What is written at random places is one
// tree with the keys of both look-ups: a learner's history and their request ids lie side by side there, which measured
// 30% fewer pages written than an index each. What is inside `payload` is not repeated as columns.
inline constexpr const char* kLedgerSchema[] = {R"(
  CREATE TABLE event (
    position       INTEGER PRIMARY KEY,
    learner_seq    INTEGER NOT NULL,
    request_digest INTEGER,  -- of the event of an action itself; null for those that followed from it
    payload        BLOB NOT NULL,
    outcome        BLOB      -- as request_digest
  ) STRICT;
  CREATE TABLE learner_key (
    learner_id TEXT NOT NULL,
    key        ANY NOT NULL,  -- an integer is a learner_seq, a text a request id; integers sort first
    position   INTEGER NOT NULL,
    PRIMARY KEY (learner_id, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE published_run (
    first_stream_seq INTEGER PRIMARY KEY,
    first_position   INTEGER NOT NULL,
    count            INTEGER NOT NULL
  );
  CREATE TABLE relay_cursor (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    epoch      INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    stream_seq INTEGER NOT NULL
  );
  INSERT INTO relay_cursor VALUES (1, 0, 0, 0);
)"};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_
