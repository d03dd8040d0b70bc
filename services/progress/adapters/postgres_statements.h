#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_STATEMENTS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_STATEMENTS_H_

#include "common/postgres/connection.h"

// What PostgresEventStore says to its database; postgres_schema.h holds the tables. Each takes one round trip, however
// many events, requests or learners it is about: those come as arrays.
//
// What is looked up for each of them is written as a subquery that cannot become a join. The planner knows nothing of a
// young ledger, takes it for empty, and would compare every event with every element of an array for as long as the
// prepared statement lives.
namespace edirae::progress::statements {

// $1 how many events; $2... their columns; $8 learners with a history, $9 the newest place that is taken for granted;
// $10... learners without one, with keys and pseudonyms. The partition's row is locked before the first event is added.
// Returns the first position, or no row when somebody's history ends before that place, or somebody was erased while
// the lock was waited for: only the row that is locked is looked at anew then.
inline constexpr postgres::Statement kAppend = {"ledger_append", R"(
  WITH seen AS MATERIALIZED (
    SELECT erasures FROM ledger_partition WHERE partition = 0
  ), broken AS (
    SELECT FROM unnest($8::text[], $9::bigint[]) AS known (learner_id, learner_seq)
    WHERE (SELECT 1 FROM event WHERE event.partition = 0 AND event.learner_id = known.learner_id
             AND event.learner_seq = known.learner_seq) IS NULL
  ), ledger AS (
    UPDATE ledger_partition SET last_position = last_position + $1
    WHERE partition = 0 AND erasures = (SELECT erasures FROM seen) AND NOT EXISTS (SELECT FROM broken)
    RETURNING last_position - $1 AS position
  ), keyed AS (
    INSERT INTO learner (learner_id, key, pseudonym)
    SELECT fresh.* FROM ledger, unnest($10::text[], $11::bytea[], $12::text[]) AS fresh
    ON CONFLICT (partition, learner_id) DO NOTHING
  ), added AS (
    INSERT INTO event (position, learner_id, learner_seq, request_id, request_digest, payload, outcome)
    SELECT ledger.position + row.number, row.learner_id, row.learner_seq, row.request_id, row.request_digest, row.payload,
           row.outcome
    FROM ledger, unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[], $7::bytea[]) WITH ORDINALITY
      AS row (learner_id, learner_seq, request_id, request_digest, payload, outcome, number)
  )
  SELECT position + 1 FROM ledger
)"};

// $1 learners, $2 their request ids.
inline constexpr postgres::Statement kFindRequests = {"ledger_find_requests", R"(
  SELECT key.number, known.request_digest, known.outcome
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS key (learner_id, request_id, number)
  CROSS JOIN LATERAL (
    SELECT request_digest, outcome FROM event
    WHERE partition = 0 AND learner_id = key.learner_id AND request_id = key.request_id LIMIT 1
  ) AS known
)"};

// $1 learner, $2 after which place, $3 how many events, $4 before which an event begins, in bytes.
inline constexpr postgres::Statement kReadLearner = {"ledger_read_learner", R"(
  SELECT position, learner_seq, payload FROM (
    SELECT position, learner_seq, payload,
           sum(octet_length(payload)) OVER (ORDER BY learner_seq) - octet_length(payload) AS begins
    FROM (SELECT position, learner_seq, payload FROM event
          WHERE partition = 0 AND learner_id = $1 AND learner_seq > $2 ORDER BY learner_seq LIMIT $3) AS page
  ) AS measured
  WHERE begins < $4 ORDER BY learner_seq
)"};

// $1 learners.
inline constexpr postgres::Statement kLastSeqs = {"ledger_last_seqs", R"(
  SELECT coalesce((SELECT max(learner_seq) FROM event WHERE partition = 0 AND learner_id = learner.id), 0),
         (SELECT erasures FROM ledger_partition WHERE partition = 0)
  FROM unnest($1::text[]) WITH ORDINALITY AS learner (id, number) ORDER BY number
)"};

// $1 after which position, $2 how many. Without a pseudonym is who has no key yet.
inline constexpr postgres::Statement kReadCommitted = {"ledger_read_committed", R"(
  SELECT position, learner_seq, payload, learner_id,
         coalesce((SELECT pseudonym FROM learner WHERE partition = 0 AND learner.learner_id = event.learner_id), '')
  FROM event WHERE partition = 0 AND position > $1 ORDER BY position LIMIT $2
)"};

inline constexpr postgres::Statement kLastPosition = {"ledger_last_position",
                                                      "SELECT last_position FROM ledger_partition WHERE partition = 0"};

inline constexpr postgres::Statement kReadCursor = {
    "relay_read_cursor", "SELECT epoch, position, stream_seq FROM relay_place WHERE partition = 0"};

// $1 epoch, $2 position, $3 stream sequence.
inline constexpr postgres::Statement kSaveCursor = {
    "relay_save_cursor", "UPDATE relay_place SET epoch = $1, position = $2, stream_seq = $3 WHERE partition = 0"};

inline constexpr postgres::Statement kReadRuns = {
    "relay_read_runs",
    "SELECT first_position, first_stream_seq, count FROM published_run WHERE partition = 0 ORDER BY first_stream_seq"};

inline constexpr postgres::Statement kLastRun = {
    "relay_last_run",
    "SELECT first_position, first_stream_seq, count FROM published_run WHERE partition = 0 "
    "ORDER BY first_stream_seq DESC LIMIT 1"};

// $1 first positions, $2 first stream sequences, $3 counts. A run that is there gets the new count.
inline constexpr postgres::Statement kPutRuns = {"relay_put_runs", R"(
  INSERT INTO published_run (first_position, first_stream_seq, count)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
  ON CONFLICT (partition, first_stream_seq) DO UPDATE SET count = excluded.count
)"};

// $1 first position, $2 first stream sequence, $3 count of a run of which parts may be known: adds the others, one by
// one, which is rare.
inline constexpr postgres::Statement kAddWhereUnknown = {"relay_add_where_unknown", R"(
  INSERT INTO published_run (first_position, first_stream_seq, count)
  SELECT $1 + i, $2 + i, 1 FROM generate_series(0, $3 - 1) AS i
  WHERE coalesce((SELECT first_stream_seq + count FROM published_run WHERE partition = 0 AND first_stream_seq <= $2 + i
                  ORDER BY first_stream_seq DESC LIMIT 1), 0) <= $2 + i
)"};

// $1 the stream's last sequence. Returns the first position that lay behind it, or null.
inline constexpr postgres::Statement kFirstLost = {"relay_first_lost", R"(
  SELECT min(first_position + greatest(0, $1 + 1 - first_stream_seq)) FROM published_run
  WHERE partition = 0 AND first_stream_seq + count - 1 > $1
)"};

// $1 as before. Two statements that forget what lay behind it.
inline constexpr postgres::Statement kForgetRuns = {
    "relay_forget_runs", "DELETE FROM published_run WHERE partition = 0 AND first_stream_seq > $1"};
inline constexpr postgres::Statement kShortenRun = {"relay_shorten_run", R"(
  UPDATE published_run SET count = $1 - first_stream_seq + 1 WHERE partition = 0 AND first_stream_seq + count - 1 > $1
)"};

// $1 learners, $2 keys, $3 pseudonyms. Who has a key keeps it.
inline constexpr postgres::Statement kGiveKeys = {"learner_give_keys", R"(
  INSERT INTO learner (learner_id, key, pseudonym)
  SELECT DISTINCT ON (fresh.learner_id) fresh.*
  FROM unnest($1::text[], $2::bytea[], $3::text[]) AS fresh (learner_id, key, pseudonym)
  ON CONFLICT (partition, learner_id) DO NOTHING
)"};

// $1 learner.
inline constexpr postgres::Statement kFindPseudonym = {
    "learner_find_pseudonym", "SELECT pseudonym FROM learner WHERE partition = 0 AND learner_id = $1"};

// $1 pseudonym.
inline constexpr postgres::Statement kFindLearner = {
    "learner_find", "SELECT learner_id FROM learner WHERE partition = 0 AND pseudonym = $1"};

// $1 the learner before, $2 how many.
inline constexpr postgres::Statement kListLearners = {
    "learner_list",
    "SELECT learner_id FROM learner WHERE partition = 0 AND learner_id > $1 ORDER BY learner_id LIMIT $2"};

// The next position, for the tombstone of an erasure: from now on nobody appends until it is committed, and who waited
// for that begins anew.
inline constexpr postgres::Statement kTakeTombstonePosition = {"erasure_take_position", R"(
  UPDATE ledger_partition SET last_position = last_position + 1, erasures = erasures + 1 WHERE partition = 0
  RETURNING last_position
)"};

// $1 learner. Returns where the events were.
inline constexpr postgres::Statement kDeleteEvents = {
    "erasure_delete_events", "DELETE FROM event WHERE partition = 0 AND learner_id = $1 RETURNING position"};

// $1 learner. Returns the pseudonym.
inline constexpr postgres::Statement kDeleteLearner = {
    "erasure_delete_learner", "DELETE FROM learner WHERE partition = 0 AND learner_id = $1 RETURNING pseudonym"};

// $1 positions.
inline constexpr postgres::Statement kReadActs = {"erasure_read_acts", R"(
  SELECT position, payload FROM event WHERE partition = 0 AND position = ANY ($1::bigint[])
)"};

// $1 after which position, $2 how many.
inline constexpr postgres::Statement kReadNewer = {"erasure_read_newer", R"(
  SELECT position, payload FROM event WHERE partition = 0 AND position > $1 ORDER BY position LIMIT $2
)"};

// $1 positions, $2 the events that are to be there.
inline constexpr postgres::Statement kRenameActs = {"erasure_rename_acts", R"(
  UPDATE event SET payload = renamed.payload
  FROM unnest($1::bigint[], $2::bytea[]) AS renamed (position, payload)
  WHERE event.partition = 0 AND event.position = ANY ($1::bigint[]) AND event.position = renamed.position
)"};

// $1 position, $2 `~` and the pseudonym, $3 place in the history, $4 the event.
inline constexpr postgres::Statement kAddTombstone = {
    "erasure_add_tombstone", "INSERT INTO event (position, learner_id, learner_seq, payload) VALUES ($1, $2, $3, $4)"};

// $1 key of the receipt, $2 pseudonym, $3 the tombstone's position, $4 count of events, $5 time, $6 where they were,
// $7 count of a mentor's acts.
inline constexpr postgres::Statement kAddErasure = {"erasure_add", R"(
  INSERT INTO erasure (receipt_key, pseudonym, tombstone_position, event_count, erase_time, positions, mentor_act_count)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)"};

// $1 key of the receipt.
inline constexpr postgres::Statement kFindErasure = {"erasure_find", R"(
  SELECT pseudonym, tombstone_position, event_count, erase_time, stream_message_count, complete_time, proof_event_count,
         proof_time, mentor_act_count
  FROM erasure
  WHERE partition = 0 AND receipt_key = $1
)"};

// $1 how many.
inline constexpr postgres::Statement kReadUnfinished = {"erasure_read_unfinished", R"(
  SELECT receipt_key, pseudonym, tombstone_position, positions, stream_message_count FROM erasure
  WHERE partition = 0 AND complete_time IS NULL ORDER BY tombstone_position LIMIT $1
)"};

// $1 key of the receipt, $2 count of messages, $3 when it was complete; 0 while it is not.
inline constexpr postgres::Statement kSaveErasure = {"erasure_save", R"(
  UPDATE erasure SET stream_message_count = $2, complete_time = nullif($3, 0),
                     positions = CASE WHEN $3 = 0 THEN positions END
  WHERE partition = 0 AND receipt_key = $1
)"};

// $1 key of the receipt, $2 count of events, $3 time.
inline constexpr postgres::Statement kSaveProof = {"erasure_save_proof", R"(
  UPDATE erasure SET proof_event_count = $2, proof_time = $3 WHERE partition = 0 AND receipt_key = $1
)"};

// True for one session of the database, until it ends.
inline constexpr postgres::Statement kTryHoldRelay = {"relay_try_hold",
                                                      "SELECT pg_try_advisory_lock(1701079410, 0)::int"};
inline constexpr postgres::Statement kStillThere = {"relay_still_there", "SELECT 1"};

}  // namespace edirae::progress::statements

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_STATEMENTS_H_
