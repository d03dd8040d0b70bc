#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_

namespace edirae::progress {

// How the ledger's file came about, version by version. A step that was ever released never changes.
//
// A commit touches the end of `event` and nothing else. Where the events of a learner are is not written here but in
// LedgerIndex, which is derived from it.
inline constexpr int kWipingSchema = 3;  // the first version whose files keep nothing that was deleted
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
)",
                                                // Needs the function `pseudonym_of` (pseudonym.h). Learners of before
                                                // get pseudonyms, and what was published under their names is to be
                                                // published anew, in a stream of its own.
                                                R"(
  CREATE TABLE learner (
    learner_id TEXT PRIMARY KEY,
    key        BLOB NOT NULL,         -- of the pseudonym; kept nowhere else
    pseudonym  TEXT NOT NULL UNIQUE   -- pseudonym_of(key, learner_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO learner SELECT learner_id, randomblob(32), learner_id FROM (SELECT DISTINCT learner_id FROM event);
  UPDATE learner SET pseudonym = pseudonym_of(key, learner_id);
  UPDATE relay_cursor SET epoch = -1, position = 0, stream_seq = 0 WHERE epoch <> 0;
  DELETE FROM published_run;

  CREATE TABLE erasure (
    receipt_key          BLOB PRIMARY KEY,  -- ReceiptKey
    learner_id           TEXT,     -- until nothing of them is left in files
    pseudonym            TEXT NOT NULL,
    tombstone_position   INTEGER NOT NULL,
    event_count          INTEGER NOT NULL,
    erase_time           INTEGER NOT NULL,  -- Unix nanoseconds, as complete_time
    positions            BLOB,     -- of what may lie in the stream, 8 bytes each, ascending; until it is complete
    stream_message_count INTEGER NOT NULL,
    complete_time        INTEGER,  -- null while the stream may have something
    proof_event_count    INTEGER,  -- as proof_time
    proof_time           INTEGER   -- null until a proof is there
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erasure_under_way ON erasure (tombstone_position) WHERE complete_time IS NULL;
)",
                                                R"(
  ALTER TABLE erasure ADD COLUMN mentor_act_count INTEGER NOT NULL DEFAULT 0;
)"};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_
