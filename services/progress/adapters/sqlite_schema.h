#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_

namespace edirae::progress {

// How the ledger's file came about, version by version. A step that was ever released never changes.
//
// A commit touches the end of `event` and nothing else. Where the events of a learner are is not written here but in
// LedgerIndex, which is derived from it.
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
)",
                                                R"(
  CREATE TABLE event_of_learner AS
    SELECT position, learner_id, max(CASE typeof(key) WHEN 'text' THEN key END) AS request_id
    FROM learner_key GROUP BY position;
  CREATE TABLE whole_event (
    position       INTEGER PRIMARY KEY,
    learner_id     TEXT NOT NULL,
    learner_seq    INTEGER NOT NULL,
    request_id     TEXT,     -- of the event of an action itself; null for those that followed from it
    request_digest INTEGER,  -- as request_id
    payload        BLOB NOT NULL,
    outcome        BLOB      -- as request_id
  ) STRICT;
  INSERT INTO whole_event
    SELECT position, learner_id, learner_seq, request_id, request_digest, payload, outcome
    FROM event JOIN event_of_learner USING (position) ORDER BY position;
  DROP TABLE event_of_learner;
  DROP TABLE learner_key;
  DROP TABLE event;
  ALTER TABLE whole_event RENAME TO event;
)"};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_
