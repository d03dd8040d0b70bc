#ifndef EDIRAE_SERVICES_PROGRESS_TESTING_FAKE_EVENT_STORE_H_
#define EDIRAE_SERVICES_PROGRESS_TESTING_FAKE_EVENT_STORE_H_

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// A ledger in memory that keeps what EventStore promises, except that it ends with the process. Thread-safe.
class FakeEventStore : public EventStore {
 public:
  absl::StatusOr<int64_t> Append(std::span<const NewEvent> events) override;
  absl::StatusOr<std::vector<std::optional<StoredRequest>>> FindRequests(std::span<const RequestKey> keys) override;
  absl::StatusOr<std::vector<StoredEvent>> ReadLearner(const std::string& learner_id, int64_t after_seq, int max_events,
                                                       size_t max_bytes) override;
  absl::StatusOr<int64_t> LastSeq(const std::string& learner_id) override;
  absl::StatusOr<std::vector<StoredEvent>> ReadCommitted(int64_t after_position, int max_events) override;
  absl::StatusOr<int64_t> LastPosition() override;
  absl::StatusOr<RelayCursor> ReadRelayCursor() override;
  absl::Status SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) override;
  absl::StatusOr<std::vector<PublishedRun>> ReadPublishedRuns() override;
  absl::StatusOr<RelayCursor> RewindRelay(int64_t last_stream_seq) override;
  absl::StatusOr<RelayCursor> StartRelayEpoch(int64_t epoch) override;
  absl::Status Probe() override;
  absl::StatusOr<std::string> Pseudonym(const std::string& learner_id) override;
  absl::StatusOr<std::optional<std::string>> LearnerOf(const std::string& pseudonym) override;
  absl::StatusOr<std::vector<std::string>> ListLearners(const std::string& after_learner_id, int max_learners) override;
  absl::StatusOr<Erasure> Erase(const EraseCommand& command) override;
  absl::Status WipeErased() override { return absl::OkStatus(); }
  absl::StatusOr<std::optional<Erasure>> FindErasure(const std::string& receipt_key) override;
  absl::StatusOr<std::vector<UnfinishedErasure>> ReadUnfinishedErasures(int max_erasures) override;
  absl::Status SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                           std::optional<absl::Time> complete_time) override;
  absl::Status SaveProof(const std::string& receipt_key, const ErasureProof& proof) override;

  // Makes every Append and Probe fail with `status`, until it is OK again.
  void FailAppends(absl::Status status);
  // The same of Erase.
  void FailErasures(absl::Status status);
  // Keeps every Append waiting from now on, until they are released.
  void HoldAppends();
  void ReleaseAppends();
  // How many appends are waiting.
  int held_count() const;
  // How many calls of Append succeeded.
  int append_count() const;

 private:
  struct Recorded {
    std::string learner_id;
    StoredEvent event;
    bool erased = false;
  };
  struct KeptErasure {
    Erasure erasure;
    UnfinishedErasure unfinished;
  };

  int64_t TakeNameFromActs(const EraseCommand& command) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  const std::string& PseudonymUnderLock(const std::string& learner_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable std::mutex mutex_;
  std::condition_variable released_;
  bool holding_ ABSL_GUARDED_BY(mutex_) = false;
  int held_count_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<Recorded> events_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string> pseudonyms_ ABSL_GUARDED_BY(mutex_);  // of learners and tombstones
  std::map<std::string, KeptErasure> erasures_ ABSL_GUARDED_BY(mutex_);    // by receipt key
  int given_pseudonyms_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, std::vector<size_t>> histories_ ABSL_GUARDED_BY(mutex_);  // indexes into events_
  std::map<std::pair<std::string, std::string>, StoredRequest> requests_ ABSL_GUARDED_BY(mutex_);
  RelayCursor cursor_ ABSL_GUARDED_BY(mutex_);
  std::map<int64_t, int64_t> published_ ABSL_GUARDED_BY(mutex_);  // position of each stream sequence
  absl::Status append_error_ ABSL_GUARDED_BY(mutex_);
  absl::Status erase_error_ ABSL_GUARDED_BY(mutex_);
  int append_count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_TESTING_FAKE_EVENT_STORE_H_
