// What the simulation has found, each as the few steps that it takes.
#include "services/progress/adapters/ledger_publisher.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/clock/clock.h"
#include "common/testing/status_matchers.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAreArray;

// A stream that takes what it is told to take, when it is told to. Answers wait until they are released.
class SteppedStream final : public EventStream {
 public:
  bool connected() const override { return true; }
  absl::StatusOr<nats::StreamState> GetState() override {
    if (!made_) return absl::NotFoundError("none");
    nats::StreamState state;
    state.created = absl::FromUnixSeconds(1'800'000'000);
    state.first_seq = 1;
    state.last_seq = state.messages = ids.size();
    return state;
  }
  absl::Status Make() override {
    made_ = true;
    return absl::OkStatus();
  }
  absl::Status Remove() override { return absl::UnimplementedError(""); }
  absl::StatusOr<nats::StoredMessage> GetMessage(uint64_t) override {
    return absl::NotFoundError("not asked for here");
  }
  absl::Status EraseMessage(uint64_t) override { return absl::UnimplementedError(""); }
  absl::Status Publish(const RelayWindow::Group& group) override {
    PublishAnswer answer{group.first, nats::PubAck()};
    for (const nats::OutgoingMessage* message : group.messages) answer.ack = Store(message->id);
    (answers_late ? late : arrived_).push_back(std::move(answer));
    return absl::OkStatus();
  }
  std::vector<PublishAnswer> TakeAnswers() override { return std::exchange(arrived_, {}); }
  absl::Status Drain(absl::Duration) override {
    Arrive(late.size());
    return absl::OkStatus();
  }

  // The last of the answers that wait come.
  void Arrive(size_t count) {
    for (; count > 0; --count) {
      arrived_.push_back(std::move(late.back()));
      late.pop_back();
    }
  }

  std::vector<std::string> ids;        // of what it holds, in its order
  std::multiset<std::string> refused;  // ids that it does not take, as often
  bool answers_late = false;
  std::vector<PublishAnswer> late;

 private:
  absl::StatusOr<nats::PubAck> Store(const std::string& id) {
    if (const auto found = refused.find(id); found != refused.end()) {
      refused.erase(found);
      return absl::ResourceExhaustedError("full");
    }
    const auto known = std::find(ids.begin(), ids.end(), id);
    const bool duplicate = known != ids.end();
    const auto seq = static_cast<uint64_t>(known - ids.begin()) + 1;
    if (!duplicate) ids.push_back(id);
    return nats::PubAck{.seq = seq, .duplicate = duplicate};
  }

  bool made_ = false;
  std::vector<PublishAnswer> arrived_;
};

class LedgerPublisherTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK(publisher_.Open()); }

  // What one learner records, at most so much of it, and its ids.
  std::vector<std::string> Record(const std::string& learner_id, size_t most = 4) {
    std::vector<NewEvent> rows = RowsOfMastery(learner_id);
    rows.resize(std::min(rows.size(), most));
    EXPECT_OK(store_.Append(rows));
    publisher_.NoteRecorded();
    std::vector<std::string> ids;
    for (const NewEvent& row : rows) {
      events::v1::LearnerEvent event;
      event.ParseFromString(row.payload);
      ids.push_back(event.event_id());
      all_.push_back(event.event_id());
    }
    return ids;
  }
  void Turns(int count) {
    for (int i = 0; i < count; ++i) {
      now_ += std::chrono::seconds(1);
      publisher_.Turn();
    }
  }
  // Everything is in the stream, and the runs say where.
  void ExpectAllPublished() {
    EXPECT_THAT(stream_.ids, UnorderedElementsAreArray(all_));
    EXPECT_EQ(store_.ReadRelayCursor()->position, *store_.LastPosition());
    const auto runs = store_.ReadPublishedRuns();
    for (const PublishedRun& run : *runs) {
      for (int64_t i = 0; i < run.count; ++i) {
        EXPECT_EQ(stream_.ids[static_cast<size_t>(run.first_stream_seq + i - 1)],
                  all_[static_cast<size_t>(run.first_position + i - 1)]);
      }
    }
  }

  FakeEventStore store_;
  SteppedStream stream_;
  const FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  LedgerPublisher::SteadyTime now_;
  Metrics metrics_;
  LedgerPublisher publisher_{{}, store_, stream_, clock_, [this] { return now_; }, metrics_};
  std::vector<std::string> all_;  // by position
};

TEST_F(LedgerPublisherTest, TheFirstGroupOfANewStreamIsSentAgainWhenItWasNotTakenWhole) {
  const std::vector<std::string> ids = Record("ada");
  stream_.refused = {ids[1]};
  Turns(10);
  ExpectAllPublished();
}

TEST_F(LedgerPublisherTest, AGroupIsNotTakenForWholeBecauseAnEarlierEventFilledItsGap) {
  Record("ada");
  Turns(3);
  ExpectAllPublished();
  stream_.answers_late = true;
  Record("bob", 1);
  Turns(1);
  const std::vector<std::string> group = Record("eve");
  stream_.refused = {group[1]};
  Turns(1);
  ASSERT_EQ(stream_.late.size(), 2);
  // The place of the group's last is where it would be without bob's event, of which nobody hears.
  stream_.late[0].ack = absl::DeadlineExceededError("no answer");
  stream_.answers_late = false;
  stream_.Arrive(1);
  Turns(1);
  stream_.Arrive(1);
  Turns(10);
  ExpectAllPublished();
}

TEST_F(LedgerPublisherTest, ErasuresThatFollowOneAnotherDoNotLookLikeALoss) {
  Record("ada");
  Turns(3);
  ::testing::internal::CaptureStderr();
  publisher_.NoteErasure();
  stream_.answers_late = true;
  Record("bob");
  publisher_.Turn();         // before the next look at the stream
  publisher_.NoteErasure();  // of bob's group it is known that some of it is there, not yet that all is
  stream_.answers_late = false;
  Record("eve");
  Turns(10);
  ExpectAllPublished();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), Not(HasSubstr("lost its tail")));
}

}  // namespace
}  // namespace edirae::progress
