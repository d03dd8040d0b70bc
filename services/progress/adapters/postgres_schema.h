#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_SCHEMA_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_SCHEMA_H_

#include "common/postgres/migrate.h"

namespace edirae::progress {

// How the ledger's database came about, version by version. A step that was ever released never changes.
//
// Every unique key begins with the partition, so that an engine that distributes tables can do it by that column. There
// is one partition today, 0; a second one would be a ledger of its own, with its own positions and its own relay.
inline constexpr postgres::Migration kPostgresLedgerSchema[] = {{R"(
  -- Whoever gives positions holds this row's lock until they are committed: so they are committed in order.
  CREATE TABLE ledger_partition (
    partition     smallint PRIMARY KEY,
    last_position bigint NOT NULL
  ) WITH (fillfactor = 10);  -- updated by every commit, in place
  INSERT INTO ledger_partition VALUES (0, 0);

  CREATE TABLE event (
    partition      smallint NOT NULL DEFAULT 0,
    position       bigint NOT NULL,
    learner_id     text COLLATE "C" NOT NULL,
    learner_seq    bigint NOT NULL,
    request_id     text COLLATE "C",  -- of the event of an action itself; null for those that followed from it
    request_digest bigint,            -- as request_id
    payload        bytea NOT NULL,
    outcome        bytea,             -- as request_id
    PRIMARY KEY (partition, position)
  );
  CREATE UNIQUE INDEX event_of_learner ON event (partition, learner_id, learner_seq);
  CREATE UNIQUE INDEX event_of_request ON event (partition, learner_id, request_id) WHERE request_id IS NOT NULL;

  CREATE TABLE published_run (
    partition        smallint NOT NULL DEFAULT 0,
    first_stream_seq bigint NOT NULL,
    first_position   bigint NOT NULL,
    count            bigint NOT NULL,
    PRIMARY KEY (partition, first_stream_seq)
  );
  CREATE TABLE relay_cursor (
    partition  smallint PRIMARY KEY,
    epoch      bigint NOT NULL,
    position   bigint NOT NULL,
    stream_seq bigint NOT NULL
  ) WITH (fillfactor = 10);
  INSERT INTO relay_cursor VALUES (0, 0, 0, 0);
)"},
                                                                {R"(
  -- Programs of before would publish who learners are: they find no cursor any more. What they have published is to be
  -- published anew.
  ALTER TABLE ledger_partition ADD COLUMN erasures bigint NOT NULL DEFAULT 0;  -- so far

  CREATE TABLE learner (
    partition  smallint NOT NULL DEFAULT 0,
    learner_id text COLLATE "C" NOT NULL,
    key        bytea NOT NULL,             -- of the pseudonym; kept nowhere else
    pseudonym  text COLLATE "C" NOT NULL,  -- PseudonymOf(key, learner_id)
    PRIMARY KEY (partition, learner_id)
  );
  CREATE UNIQUE INDEX learner_of_pseudonym ON learner (partition, pseudonym);

  CREATE TABLE erasure (
    partition            smallint NOT NULL DEFAULT 0,
    receipt_key          bytea NOT NULL,   -- ReceiptKey
    pseudonym            text COLLATE "C" NOT NULL,
    tombstone_position   bigint NOT NULL,
    event_count          bigint NOT NULL,
    erase_time           bigint NOT NULL,  -- Unix nanoseconds, as complete_time
    positions            bytea,            -- of what may lie in the stream, 8 bytes each, ascending; until complete
    stream_message_count bigint NOT NULL DEFAULT 0,
    complete_time        bigint,           -- null while the stream may have something
    proof_event_count    bigint,           -- as proof_time
    proof_time           bigint,           -- null until a proof is there
    PRIMARY KEY (partition, receipt_key)
  );
  CREATE INDEX erasure_under_way ON erasure (partition, tombstone_position) WHERE complete_time IS NULL;

  ALTER TABLE relay_cursor RENAME TO relay_place;
  UPDATE relay_place SET epoch = -1, position = 0, stream_seq = 0 WHERE epoch <> 0;
  DELETE FROM published_run;
)",
                                                                 /*older_programs_may_stay=*/false},
                                                                {R"(
  ALTER TABLE erasure ADD COLUMN mentor_act_count bigint NOT NULL DEFAULT 0;
)"}};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_SCHEMA_H_
