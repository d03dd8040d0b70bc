#ifndef EDIRAE_TESTS_SIMULATION_SIMULATED_STORE_H_
#define EDIRAE_TESTS_SIMULATION_SIMULATED_STORE_H_

#include <string>
#include <vector>

#include "services/progress/testing/fake_event_store.h"

namespace edirae::simulation {

// A ledger that has trouble when it is told to. What it says that it has recorded, it has.
class SimulatedStore final : public progress::FakeEventStore {
 public:
  enum class Trouble {
    kNone,
    kRefuses,  // does nothing
    kIsMute,   // reads, and writes without saying so: a connection that is lost in the middle of a commit
  };
  void Have(Trouble trouble) { trouble_ = trouble; }
  bool in_trouble() const { return trouble_ != Trouble::kNone; }

  absl::StatusOr<int64_t> Append(std::span<const progress::NewEvent> events) override {
    return Write<absl::StatusOr<int64_t>>([&] { return FakeEventStore::Append(events); });
  }
  absl::StatusOr<std::vector<std::optional<progress::StoredRequest>>> FindRequests(
      std::span<const progress::RequestKey> keys) override {
    if (trouble_ == Trouble::kRefuses) return Broken();
    return FakeEventStore::FindRequests(keys);
  }
  absl::StatusOr<std::vector<progress::StoredEvent>> ReadLearner(const std::string& learner_id, int64_t after_seq,
                                                                 int max_events, size_t max_bytes) override {
    if (trouble_ == Trouble::kRefuses) return Broken();
    return FakeEventStore::ReadLearner(learner_id, after_seq, max_events, max_bytes);
  }
  absl::StatusOr<std::vector<progress::StoredEvent>> ReadCommitted(int64_t after_position, int max_events) override {
    if (trouble_ == Trouble::kRefuses) return Broken();
    return FakeEventStore::ReadCommitted(after_position, max_events);
  }
  absl::StatusOr<progress::RelayCursor> ReadRelayCursor() override {
    if (trouble_ == Trouble::kRefuses) return Broken();
    return FakeEventStore::ReadRelayCursor();
  }
  absl::Status SaveRelayProgress(const progress::RelayCursor& cursor,
                                 std::span<const progress::PublishedRun> runs) override {
    return Write<absl::Status>([&] { return FakeEventStore::SaveRelayProgress(cursor, runs); });
  }
  absl::StatusOr<progress::RelayCursor> RewindRelay(int64_t last_stream_seq) override {
    return Write<absl::StatusOr<progress::RelayCursor>>([&] { return FakeEventStore::RewindRelay(last_stream_seq); });
  }
  absl::StatusOr<progress::RelayCursor> StartRelayEpoch(int64_t epoch) override {
    return Write<absl::StatusOr<progress::RelayCursor>>([&] { return FakeEventStore::StartRelayEpoch(epoch); });
  }
  absl::StatusOr<progress::Erasure> Erase(const progress::EraseCommand& command) override {
    if (trouble_ == Trouble::kRefuses) return Broken();
    return FakeEventStore::Erase(command);
  }
  absl::Status SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                           std::optional<absl::Time> complete_time) override {
    return Write<absl::Status>(
        [&] { return FakeEventStore::SaveErasure(receipt_key, stream_message_count, complete_time); });
  }

 private:
  static absl::Status Broken() { return absl::UnavailableError("the ledger does not answer"); }

  template <class Result, class Do>
  Result Write(Do write) {
    if (trouble_ == Trouble::kRefuses) return Broken();
    Result result = write();
    if (trouble_ == Trouble::kIsMute) return Broken();
    return result;
  }

  Trouble trouble_ = Trouble::kNone;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_SIMULATED_STORE_H_
