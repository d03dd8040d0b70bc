#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_SCHEMA_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_SCHEMA_H_

#include "common/postgres/migrate.h"

namespace edirae::recommend {

// How the checkpoints' database came about, version by version. A step that was ever released never changes.
inline constexpr postgres::Migration kPostgresCheckpointSchema[] = {{R"(
  CREATE TABLE store (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    id   text NOT NULL,
    fold text NOT NULL  -- how the states were made
  );
  CREATE TABLE checkpoint (
    partition   smallint NOT NULL,
    learner_id  text COLLATE "C" NOT NULL,  -- a pseudonym
    applied_seq bigint NOT NULL,
    state       bytea NOT NULL,             -- state_codec.h
    PRIMARY KEY (partition, learner_id)
  );
  -- Whoever saves holds a share of its partitions' rows until the commit: who claims them waits for that.
  CREATE TABLE partition_owner (
    partition  smallint PRIMARY KEY,
    epoch      bigint NOT NULL DEFAULT 0,
    owner      bigint NOT NULL DEFAULT -1,  -- ordinal
    held_until timestamptz NOT NULL DEFAULT '-infinity',
    stream     bigint NOT NULL DEFAULT 0,   -- when it was created, Unix nanoseconds
    stream_seq bigint NOT NULL DEFAULT 0    -- everything of the partition up to here is in its states
  ) WITH (fillfactor = 10);  -- updated every second, in place
  INSERT INTO partition_owner (partition) SELECT generate_series(0, 63);
)"},
                                                                    {R"(
  ALTER TABLE partition_owner
    ADD COLUMN mark_seq  bigint NOT NULL DEFAULT 0,  -- StreamMark
    ADD COLUMN mark_time bigint NOT NULL DEFAULT 0;
)"}};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_SCHEMA_H_
