#include "cli/demo/live_home.h"

#include "absl/strings/str_cat.h"

namespace edirae::cli {

LiveHome::LiveHome(const Session& session, const std::string& roadmap_id) : session_(session) {
  learn::v1::WatchHomeRequest request;
  request.set_roadmap_id(roadmap_id);
  session_.Prepare(context_, absl::InfiniteDuration());
  stream_ = session_.stub().WatchHome(&context_, request);
  reader_ = std::thread([this] { Read(); });
}

LiveHome::~LiveHome() {
  context_.TryCancel();
  reader_.join();
}

void LiveHome::Read() {
  learn::v1::WatchHomeResponse response;
  while (stream_->Read(&response)) {
    if (!response.has_home()) continue;
    const std::lock_guard lock(mutex_);
    newest_ = response.home();
    changed_.notify_all();
  }
  const absl::Status end = session_.Explain(stream_->Finish());
  const std::lock_guard lock(mutex_);
  ended_ = true;
  end_ = end;
  changed_.notify_all();
}

absl::StatusOr<learn::v1::Home> LiveHome::WaitFor(int64_t seq, absl::Duration patience) {
  std::unique_lock lock(mutex_);
  const auto arrived = [&] { return newest_.has_next_steps() && newest_.next_steps().as_of_seq() >= seq; };
  changed_.wait_for(lock, absl::ToChronoMilliseconds(patience), [&] { return ended_ || arrived(); });
  if (arrived()) return newest_;
  if (ended_) return end_;
  return absl::DeadlineExceededError(
      absl::StrCat("next steps as of event ", seq, " were not pushed within ", absl::FormatDuration(patience)));
}

}  // namespace edirae::cli
