#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_SCHEMA_H_

namespace edirae::progress {

// How the ledger's file came about, version by version. A step that was ever released never changes.
//
// `event` grows at its end only, so that a commit touches few of its pages; the two indexes are all that is written at
// random places, and hold no more than the keys. What is inside `payload` is not repeated as columns.
inline constexpr const char* kLedgerSchema[] = {R"(
  CREATE TABLE event (
    position       INTEGER PRIMARY KEY,
    learner_id     TEXT NOT NULL,
    learner_seq    INTEGER NOT NULL,
    request_id     TEXT,     -- of the event of an action itself; null for those that followed from it
    request_digest INTEGER,
    payload        BLOB NOT NULL,
    outcome        BLOB
  );
  CREATE UNIQUE INDEX event_by_learner ON event (learner_id, learner_seq);
  CREATE UNIQUE INDEX event_by_request ON event (learner_id, request_id) WHERE request_id IS NOT NULL;

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
