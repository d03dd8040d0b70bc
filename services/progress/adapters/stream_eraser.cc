#include "services/progress/adapters/stream_eraser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/progress/limits.h"

namespace edirae::progress {

std::vector<uint64_t> PlacesToErase(const std::vector<int64_t>& positions, const std::vector<PublishedRun>& runs,
                                    int64_t first_seq, int64_t last_seq) {
  std::vector<uint64_t> places;
  const auto add = [&](int64_t from, int64_t to) {
    for (int64_t seq = std::max(from, first_seq); seq <= to; ++seq) places.push_back(static_cast<uint64_t>(seq));
  };
  int64_t next = first_seq;  // the first place of which nothing was said yet
  for (const PublishedRun& run : runs) {
    add(next, std::min(run.first_stream_seq - 1, last_seq));
    next = std::max(next, run.first_stream_seq + run.count);
    const auto end = std::ranges::lower_bound(positions, run.first_position + run.count);
    for (auto at = std::ranges::lower_bound(positions, run.first_position); at != end; ++at) {
      const int64_t seq = run.first_stream_seq + (*at - run.first_position);
      add(seq, seq);
    }
  }
  add(next, last_seq);
  return places;
}

void StreamEraser::LookAgain() {
  busy_ = true;
  work_.reset();
}

absl::StatusOr<bool> StreamEraser::Step(int64_t published_position) {
  if (!work_.has_value()) EDIRAE_RETURN_IF_ERROR(Begin(published_position));
  if (!work_.has_value()) return false;
  Work& work = *work_;
  const size_t end = std::min(work.places.size(), work.next + static_cast<size_t>(limits::kErasedMessagesPerRound));
  absl::Status status;
  while (status.ok() && work.next < end) {
    status = EraseOne(work.places[work.next]);
    if (status.ok()) ++work.next;
  }
  const bool complete = work.next == work.places.size();
  const absl::Status saved = store_.SaveErasure(work.erasure.receipt_key, work.erasure.stream_message_count,
                                                complete ? std::optional(clock_.Now()) : std::nullopt);
  if (!status.ok() || !saved.ok()) return status.ok() ? saved : status;
  if (complete) {
    log::Info("the stream has followed an erasure", {{"messages", work.erasure.stream_message_count}});
    work_.reset();
  }
  return true;
}

absl::Status StreamEraser::Begin(int64_t published_position) {
  EDIRAE_ASSIGN_OR_RETURN(auto unfinished, store_.ReadUnfinishedErasures(limits::kErasuresAtOnce));
  busy_ = !unfinished.empty();
  if (!busy_ || unfinished.front().tombstone_position > published_position) return absl::OkStatus();
  EDIRAE_ASSIGN_OR_RETURN(const nats::StreamState stream, stream_.GetState());
  EDIRAE_ASSIGN_OR_RETURN(const auto runs, store_.ReadPublishedRuns());
  int64_t tombstone_seq = 0;
  for (const PublishedRun& run : runs) {
    const int64_t offset = unfinished.front().tombstone_position - run.first_position;
    if (offset >= 0 && offset < run.count) tombstone_seq = std::max(tombstone_seq, run.first_stream_seq + offset);
  }
  // Without a place for the tombstone, e.g. because it was published before the places were kept, all may be theirs.
  if (tombstone_seq == 0) tombstone_seq = static_cast<int64_t>(stream.last_seq);
  std::vector<uint64_t> places =
      PlacesToErase(unfinished.front().positions, runs, static_cast<int64_t>(stream.first_seq), tombstone_seq);
  work_ = Work{.erasure = std::move(unfinished.front()), .places = std::move(places), .next = 0};
  return absl::OkStatus();
}

absl::Status StreamEraser::EraseOne(uint64_t place) {
  const auto message = stream_.GetMessage(place);
  if (absl::IsNotFound(message.status())) return absl::OkStatus();  // it left by age, or was erased
  EDIRAE_RETURN_IF_ERROR(message.status());
  if (message->header("ce-subject") != work_->erasure.pseudonym) return absl::OkStatus();
  if (absl::StrContains(message->header("ce-type"), ".learner_erased.")) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(stream_.EraseMessage(place));
  ++work_->erasure.stream_message_count;
  return absl::OkStatus();
}

}  // namespace edirae::progress
