#ifndef EDIRAE_TESTS_SIMULATION_FORGETFUL_STREAM_H_
#define EDIRAE_TESTS_SIMULATION_FORGETFUL_STREAM_H_

#include <algorithm>
#include <utility>
#include <vector>

#include "services/progress/adapters/event_stream.h"

namespace edirae::simulation {

// The planted bug kDeleteOnPublish: answers for the server as soon as something is sent, and is deaf to what it says.
class ForgetfulStream final : public progress::EventStream {
 public:
  explicit ForgetfulStream(progress::EventStream& stream) : stream_(stream) {}

  bool connected() const override { return stream_.connected(); }
  absl::StatusOr<nats::StreamState> GetState() override {
    auto state = stream_.GetState();
    if (state.ok()) last_seq_ = std::max(last_seq_, state->last_seq);
    return state;
  }
  absl::Status Make() override { return stream_.Make(); }
  absl::Status Remove() override { return stream_.Remove(); }
  absl::StatusOr<nats::StoredMessage> GetMessage(uint64_t seq) override { return stream_.GetMessage(seq); }
  absl::Status EraseMessage(uint64_t seq) override { return stream_.EraseMessage(seq); }
  absl::Status Publish(const progress::RelayWindow::Group& group) override {
    if (absl::Status sent = stream_.Publish(group); !sent.ok()) return sent;
    last_seq_ += group.messages.size();
    answers_.push_back({group.first, nats::PubAck{.seq = last_seq_, .duplicate = false}});
    return absl::OkStatus();
  }
  std::vector<progress::PublishAnswer> TakeAnswers() override {
    stream_.TakeAnswers();
    return std::exchange(answers_, {});
  }
  absl::Status Drain(absl::Duration timeout) override { return stream_.Drain(timeout); }

 private:
  progress::EventStream& stream_;
  uint64_t last_seq_ = 0;
  std::vector<progress::PublishAnswer> answers_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_FORGETFUL_STREAM_H_
