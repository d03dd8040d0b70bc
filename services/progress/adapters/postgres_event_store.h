#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_EVENT_STORE_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_EVENT_STORE_H_

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/postgres/session.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// The ledger in a PostgreSQL database that several replicas of progress share. What one of them records the others see
// at once; what two want to record in the same place of a history one of them gets. Thread-safe: a session appends, and
// one each looks for requests, reads histories and serves the relay, so that no reader waits for a commit.
//
// A server that is gone, read-only or silent is UNAVAILABLE; the sessions find it again by themselves. Of an append
// that ends so nobody knows whether it was recorded: the same events again are ABORTED if it was.
class PostgresEventStore final : public EventStore {
 public:
  // Makes or upgrades the schema in the database at `url`, postgresql://... FAILED_PRECONDITION when it is of a newer
  // version that this program does not understand; otherwise errors of postgres::Connection.
  static absl::StatusOr<std::unique_ptr<PostgresEventStore>> Open(const std::string& url);

  absl::StatusOr<int64_t> Append(std::span<const NewEvent> events) override;
  absl::StatusOr<std::vector<std::optional<StoredRequest>>> FindRequests(std::span<const RequestKey> keys) override;
  absl::StatusOr<std::vector<StoredEvent>> ReadLearner(const std::string& learner_id, int64_t after_seq, int max_events,
                                                       size_t max_bytes) override;
  absl::StatusOr<int64_t> LastSeq(const std::string& learner_id) override;
  bool shared() const override { return true; }
  absl::StatusOr<std::vector<int64_t>> LastSeqs(std::span<const std::string> learner_ids) override;
  int64_t seen_erasures() const override { return seen_erasures_; }
  absl::StatusOr<std::vector<StoredEvent>> ReadCommitted(int64_t after_position, int max_events) override;
  absl::StatusOr<int64_t> LastPosition() override;
  absl::StatusOr<bool> HoldRelay() override;
  absl::StatusOr<RelayCursor> ReadRelayCursor() override;
  absl::Status SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) override;
  absl::StatusOr<std::vector<PublishedRun>> ReadPublishedRuns() override;
  absl::StatusOr<RelayCursor> RewindRelay(int64_t last_stream_seq) override;
  absl::StatusOr<RelayCursor> StartRelayEpoch(int64_t epoch) override;
  absl::StatusOr<std::string> Pseudonym(const std::string& learner_id) override;
  absl::StatusOr<std::optional<std::string>> LearnerOf(const std::string& pseudonym) override;
  absl::StatusOr<std::vector<std::string>> ListLearners(const std::string& after_learner_id, int max_learners) override;
  absl::StatusOr<Erasure> Erase(const EraseCommand& command) override;
  // What the server keeps of deleted rows, in tables and in its log, goes with its own cleaning (VACUUM, checkpoints).
  absl::Status WipeErased() override { return absl::OkStatus(); }
  absl::StatusOr<std::optional<Erasure>> FindErasure(const std::string& receipt_key) override;
  absl::StatusOr<std::vector<UnfinishedErasure>> ReadUnfinishedErasures(int max_erasures) override;
  absl::Status SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                           std::optional<absl::Time> complete_time) override;
  absl::Status SaveProof(const std::string& receipt_key, const ErasureProof& proof) override;

 private:
  explicit PostgresEventStore(const std::string& url);

  // Runs `body` in a transaction of the session that holds the relay; FAILED_PRECONDITION when it does not.
  template <class F>
  std::invoke_result_t<F, postgres::Connection&> AsRelay(F&& body);

  // The transaction of Erase.
  static absl::StatusOr<Erasure> EraseRows(postgres::Connection& connection, const EraseCommand& command);

  postgres::Session append_;
  postgres::Session requests_;
  postgres::Session history_;
  postgres::Session outbox_;
  std::atomic<int64_t> seen_erasures_ = 0;
  int64_t relay_generation_ = 0;  // the connection of `outbox_` that holds the relay; 0 for none. For bodies of its Use
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_EVENT_STORE_H_
