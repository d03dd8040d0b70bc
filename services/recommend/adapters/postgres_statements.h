#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_STATEMENTS_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_STATEMENTS_H_

#include "common/postgres/connection.h"

// What recommend says to its database; postgres_schema.h holds the tables. Rows of partition_owner are locked in the
// order of their partitions by everybody, so that nobody waits for each other in a circle.
namespace edirae::recommend::statements {

// $1 partition, $2 pseudonym.
inline constexpr postgres::Statement kLoad = {"checkpoint_load",
                                              "SELECT state FROM checkpoint WHERE partition = $1 AND learner_id = $2"};

// $1, $2 claims; $3... states. Returns the partitions that are held. The share of a row is got when whoever raises its
// epoch has committed, and its epoch is looked at anew then.
inline constexpr postgres::Statement kSave = {"checkpoint_save", R"(
  WITH held AS MATERIALIZED (
    SELECT row.partition FROM partition_owner AS row
    JOIN unnest($1::bigint[], $2::bigint[]) AS claim (partition, epoch) ON claim.partition = row.partition
    WHERE row.epoch = claim.epoch
    ORDER BY row.partition FOR SHARE OF row
  ), saved AS (
    INSERT INTO checkpoint (partition, learner_id, applied_seq, state)
    SELECT new.* FROM unnest($3::bigint[], $4::text[], $5::bigint[], $6::bytea[])
      AS new (partition, learner_id, applied_seq, state)
    WHERE new.partition IN (SELECT partition FROM held)
    ON CONFLICT (partition, learner_id) DO UPDATE SET applied_seq = excluded.applied_seq, state = excluded.state
  )
  SELECT partition FROM held
)"};

// Writes a little.
inline constexpr postgres::Statement kProbe = {"checkpoint_probe", "UPDATE store SET fold = fold"};

inline constexpr postgres::Statement kReadStore = {"store_read", "SELECT id, fold FROM store FOR UPDATE"};
// $1 id, $2 fold.
inline constexpr postgres::Statement kNameStore = {
    "store_name",
    "INSERT INTO store (id, fold) VALUES ($1, $2) ON CONFLICT (one) DO UPDATE SET id = excluded.id, fold = "
    "excluded.fold"};

// $1 id: whether it is the store's.
inline constexpr postgres::Statement kIsStore = {"store_is", "SELECT count(*) FROM store WHERE id = $1"};

// $1 held, $2 wanted, $3 the ordinal whose partitions may be taken back; -1: nobody's.
inline constexpr postgres::Statement kLockPartitions = {"partition_lock", R"(
  SELECT partition FROM partition_owner
  WHERE partition = ANY ($1) OR (partition = ANY ($2) AND (held_until <= clock_timestamp() OR (owner = $3 AND $3 >= 0)))
  ORDER BY partition FOR UPDATE
)"};

// $1, $2 claims; $3 to $6 their places; $7 for how many ms; 0 gives them up.
inline constexpr postgres::Statement kRenew = {"partition_renew", R"(
  UPDATE partition_owner AS row
  SET stream = held.stream, stream_seq = held.stream_seq, mark_seq = held.mark_seq, mark_time = held.mark_time,
      held_until = clock_timestamp() + $7 * interval '1 ms', owner = CASE WHEN $7 > 0 THEN row.owner ELSE -1 END
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
    AS held (partition, epoch, stream, stream_seq, mark_seq, mark_time)
  WHERE row.partition = held.partition AND row.epoch = held.epoch
)"};

// $1 wanted, $2 the ordinal whose partitions may be taken back, $3 by whom, $4 for how many ms. Returns what was free.
inline constexpr postgres::Statement kClaim = {"partition_claim", R"(
  UPDATE partition_owner
  SET epoch = epoch + 1, owner = $3, held_until = clock_timestamp() + $4 * interval '1 ms'
  WHERE partition = ANY ($1) AND (held_until <= clock_timestamp() OR (owner = $2 AND $2 >= 0))
  RETURNING partition
)"};

inline constexpr postgres::Statement kReadPartitions = {"partition_read", R"(
  SELECT partition::bigint, epoch, CASE WHEN held_until > clock_timestamp() THEN owner ELSE -1 END, stream, stream_seq,
    mark_seq, mark_time
  FROM partition_owner ORDER BY partition
)"};

}  // namespace edirae::recommend::statements

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_STATEMENTS_H_
