#ifndef EDIRAE_SERVICES_PROGRESS_TESTING_RELAY_FIXTURE_H_
#define EDIRAE_SERVICES_PROGRESS_TESTING_RELAY_FIXTURE_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/ids/ids.h"
#include "common/nats/stream_reader.h"
#include "common/testing/eventually.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/adapters/outbox_relay.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/testing/fake_event_store.h"

namespace edirae::progress {

inline constexpr char kTestTrace[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
inline constexpr int64_t kTestStreamBytes = int64_t{64} << 20;

// The next event of `learner`; answers the question q.
inline NewEvent EventOf(const std::string& learner, int64_t seq) {
  events::v1::LearnerEvent event;
  event.set_event_id(NewUuid7(absl::FromUnixMillis(1'800'000'000'000 + seq)));
  event.set_learner_id(learner);
  event.set_learner_seq(seq);
  event.set_partition(PartitionOf(learner));
  *event.mutable_record_time() = ToProto(absl::FromUnixMillis(1'800'000'000'123));
  event.set_traceparent(kTestTrace);
  event.mutable_question_answered()->set_question_id("q");
  return {learner, seq, event.SerializeAsString(), "r" + std::to_string(seq), 0, "outcome"};
}

inline RelayOptions OptionsFor(const std::string& url) {
  RelayOptions options;
  options.nats_url = url;
  options.stream.max_bytes = kTestStreamBytes;
  return options;
}

// A message as a reader sees it.
struct Seen {
  std::string id;
  uint64_t stream_seq;
};

// A relay from a ledger in memory to a real nats-server.
class OutboxRelayTest : public edirae::testing::NatsFixture {
 protected:
  void SetUp() override {
    NatsFixture::SetUp();
    reader_ = Connect();
    jetstream_ = std::make_unique<nats::JetStream>(*reader_);
  }
  void TearDown() override {
    relay_.reset();
    NatsFixture::TearDown();
  }

  void StartRelay(absl::Duration check_interval = absl::Milliseconds(200)) {
    RelayOptions options = OptionsFor(server().url());
    options.publisher.check_interval = check_interval;
    StartRelay(options);
  }
  void StartRelay(const RelayOptions& options) {
    ASSERT_OK_AND_ASSIGN(relay_, OutboxRelay::Start(options, store_, clock_, metrics_));
  }

  void Append(int count) {
    for (int i = 0; i < count; ++i) {
      const NewEvent event = EventOf("learner" + std::to_string(appended_ % 7), appended_ / 7 + 1);
      ++appended_;
      ASSERT_OK(store_.Append(std::vector{event}));
      events::v1::LearnerEvent parsed;
      parsed.ParseFromString(event.payload);
      ids_.push_back(parsed.event_id());
      if (relay_ != nullptr) relay_->Wake();
    }
  }

  uint64_t StreamMessages() {
    const auto state = jetstream_->GetStream(kLearnerEventStream);
    return state.ok() ? state->messages : 0;
  }

  // Whether the relay says that everything is in the stream, and has saved it.
  bool Done() {
    const auto cursor = store_.ReadRelayCursor();
    return cursor->position == *store_.LastPosition();
  }
  [[nodiscard]] bool WaitUntilDone() {
    return edirae::testing::Eventually([&] { return Done(); }, absl::Seconds(20));
  }

  // The first `count` messages of the stream, or as many as come.
  std::vector<nats::Message> ReadMessages(size_t count) {
    std::vector<nats::Message> read;
    const auto reader = nats::StreamReader::Create(
        *reader_, {.stream = kLearnerEventStream, .consumer = "reader" + std::to_string(++readers_)});
    EXPECT_OK(reader);
    while (reader.ok() && read.size() < count) {
      auto messages = (*reader)->Fetch(count - read.size(), absl::Seconds(5));
      if (!messages.ok() || messages->empty()) {
        ADD_FAILURE() << "the stream ends after " << read.size() << ": " << messages.status();
        break;
      }
      for (nats::Message& message : *messages) read.push_back(std::move(message));
    }
    return read;
  }

  // Everything in the stream, in its order.
  std::vector<Seen> ReadStream() {
    std::vector<Seen> seen;
    for (const nats::Message& message : ReadMessages(StreamMessages())) {
      seen.push_back({std::string(*message.header("ce-id")), message.stream_seq()});
    }
    return seen;
  }

  // Every event is in the stream, and the runs say where.
  void ExpectAllPublished() {
    std::map<uint64_t, std::string> by_seq;
    std::set<std::string> seen;
    for (const Seen& message : ReadStream()) {
      by_seq[message.stream_seq] = message.id;
      seen.insert(message.id);
    }
    EXPECT_EQ(seen, std::set<std::string>(ids_.begin(), ids_.end()));
    size_t located = 0;
    const auto runs = store_.ReadPublishedRuns();
    ASSERT_OK(runs);
    for (const PublishedRun& run : *runs) {
      for (int64_t i = 0; i < run.count; ++i, ++located) {
        EXPECT_EQ(by_seq[static_cast<uint64_t>(run.first_stream_seq + i)],
                  ids_[static_cast<size_t>(run.first_position + i - 1)]);
      }
    }
    EXPECT_EQ(located, by_seq.size());
  }

  FakeEventStore store_;
  SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<OutboxRelay> relay_;
  std::unique_ptr<nats::Connection> reader_;
  std::unique_ptr<nats::JetStream> jetstream_;
  std::vector<std::string> ids_;  // by position
  int appended_ = 0;
  int readers_ = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_TESTING_RELAY_FIXTURE_H_
