#include "services/recommend/adapters/event_feed.h"

#include <chrono>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/recommend/adapters/place_receipt.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

StreamMark MarkOf(const nats::Message& message) {
  return {.seq = static_cast<int64_t>(message.stream_seq()), .time = absl::ToUnixNanos(message.timestamp())};
}

// The partition stands at the end of the subject. What has none is looked at by the owner of the first.
int PartitionIn(std::string_view subject) {
  int partition = 0;
  const std::string_view last = subject.substr(subject.rfind('.') + 1);
  const bool is_one = absl::SimpleAtoi(absl::string_view(last.data(), last.size()), &partition);
  return is_one && partition >= 0 && partition < kPartitions ? partition : 0;
}

}  // namespace

EventFeed::EventFeed(const nats::Connection& connection, std::string name, Parts parts)
    : connection_(connection), name_(std::move(name)), parts_(std::move(parts)), jetstream_(connection) {
  TakeOver(parts_.keeper.TakeChanges());
}

absl::StatusOr<std::vector<nats::Message>> EventFeed::Fetch() {
  TakeOver(parts_.keeper.TakeChanges());
  if (parts_.progress->empty()) {
    reader_.reset();
    parts_.keeper.WaitForChanges(limits::kFetchWait);
    return std::vector<nats::Message>();
  }
  if (parts_.progress->IsDue(std::chrono::steady_clock::now())) reader_.reset();
  if (reader_ == nullptr) EDIRAE_RETURN_IF_ERROR(Restart());
  auto messages = reader_->Fetch(limits::kFetchBatch, limits::kFetchWait);
  if (!messages.ok()) {
    reader_.reset();
  } else if (!messages->empty()) {
    parts_.progress->SetMark(MarkOf(messages->back()));
  }
  return messages;
}

void EventFeed::TakeOver(const PartitionKeeper::Changes& changes) {
  PartitionSet fresh = changes.lost;
  for (size_t partition = 0; partition < fresh.size(); ++partition) {
    if (fresh[partition]) parts_.progress->Close(static_cast<int>(partition));
  }
  for (const auto& gain : changes.gained) fresh.set(static_cast<size_t>(gain.partition));
  if (fresh.none()) return;
  parts_.let_go(fresh);  // also of what was loaded before somebody else had it
  for (const auto& gain : changes.gained) {
    parts_.progress->Open(gain.partition, gain.place);
    parts_.owned.Take(gain.partition, gain.epoch);
  }
  if (!changes.gained.empty()) reader_.reset();
}

absl::Status EventFeed::Restart() {
  EDIRAE_ASSIGN_OR_RETURN(const nats::StreamState stream, jetstream_.GetStream(kEventStream));
  EDIRAE_ASSIGN_OR_RETURN(
      const ReadProgress::Start start,
      RestartReading(*parts_.progress, absl::ToUnixNanos(stream.created), static_cast<int64_t>(stream.last_seq),
                     [this](int64_t seq) { return TimeAt(seq); }));
  if (start.lost_places) {
    log::Warn("the stream of learner events has lost what was read of it; reading it from its start");
  }
  const std::string name = absl::StrCat(name_, "-", absl::Hex(Random64()));
  EDIRAE_ASSIGN_OR_RETURN(reader_,
                          nats::StreamReader::Create(connection_, {.stream = kEventStream,
                                                                   .consumer = name,
                                                                   .start_seq = static_cast<uint64_t>(start.first_seq),
                                                                   .inactive_threshold = limits::kReaderLife}));
  log::Info("reading learner events", {{"consumer", name}, {"from", start.first_seq}});
  return absl::OkStatus();
}

absl::StatusOr<int64_t> EventFeed::TimeAt(int64_t seq) {
  EDIRAE_ASSIGN_OR_RETURN(const nats::StoredMessage message,
                          jetstream_.GetMessage(kEventStream, static_cast<uint64_t>(seq)));
  return absl::ToUnixNanos(message.time);
}

std::optional<EventFeed::Wanted> EventFeed::Want(const nats::Message& message) {
  const int partition = PartitionIn(message.subject());
  const auto seq = static_cast<int64_t>(message.stream_seq());
  const std::optional<int64_t> opening = parts_.progress->Arrives(partition, seq);
  if (!opening.has_value()) return std::nullopt;
  return Wanted{.partition = partition, .opening = *opening, .seq = seq};
}

std::unique_ptr<Receipt> EventFeed::ReceiptOf(const Wanted& wanted) {
  return std::make_unique<PlaceReceipt>(parts_.progress, wanted.partition, wanted.opening, wanted.seq);
}

void EventFeed::Drop(const Wanted& wanted) { parts_.progress->Settle(wanted.partition, wanted.opening, wanted.seq); }

absl::StatusOr<uint64_t> EventFeed::Lag() {
  if (reader_ == nullptr) return 0;
  return reader_->Lag();
}

}  // namespace edirae::recommend
