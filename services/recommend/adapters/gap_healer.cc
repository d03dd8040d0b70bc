#include "services/recommend/adapters/gap_healer.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "common/log/log.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

GapHealer::GapHealer(HistoryReader& history, const Clock& clock, Metrics& metrics)
    : history_(history),
      clock_(clock),
      reads_(metrics.Counter("edirae_recommend_history_reads_total", "Pages asked from the ledger.")),
      failed_reads_(metrics.Counter("edirae_recommend_history_failures_total", "Pages that the ledger did not give.")),
      healed_(metrics.Counter("edirae_recommend_history_events_total", "Events that came from the ledger.")),
      ahead_count_(metrics.Gauge("edirae_recommend_learners_ahead_of_ledger",
                                 "Learners found with events that the ledger does not have.")) {}

void GapHealer::CatchUp(const std::string& learner_id) {
  const std::lock_guard lock(mailbox_->mutex);
  if (mailbox_->catch_ups.size() < limits::kMaxWaitingCatchUps) mailbox_->catch_ups.push_back(learner_id);
}

void GapHealer::Step(EventApplier& applier) {
  std::vector<Page> pages;
  {
    const std::lock_guard lock(mailbox_->mutex);
    pages.swap(mailbox_->pages);
  }
  for (Page& page : pages) TakePage(std::move(page), applier);

  const absl::Time now = clock_.Now();
  absl::erase_if(not_before_, [now](const auto& entry) { return entry.second <= now; });
  for (const Gap& gap : applier.Gaps()) {
    if (MayAsk(gap.learner_id)) Ask(gap.learner_id, applier);
  }
  for (const std::string& learner_id : TakeCatchUps()) {
    MayAsk(learner_id) ? Ask(learner_id, applier) : CatchUp(learner_id);
  }
  Compare(applier);
}

void GapHealer::TakePage(Page page, EventApplier& applier) {
  asked_.erase(page.learner_id);
  if (page.is_comparison) return TakeComparison(page, applier);
  not_before_[page.learner_id] = clock_.Now() + limits::kGapRetry;
  if (!page.events.ok()) {
    failed_reads_.Increment();
    log::Warn("cannot read a learner's history", {{"learner_id", page.learner_id}, {"error", page.events.status()}});
    return CatchUp(page.learner_id);
  }
  if (page.events->empty()) return;
  healed_.Increment(static_cast<double>(page.events->size()));
  const int64_t last_seq = page.events->back().learner_seq();
  std::vector<Arrival> arrivals;
  for (auto& event : *page.events) arrivals.push_back({.event = std::move(event), .receipt = nullptr});
  applier.Apply(std::move(arrivals));
  const absl::StatusOr<int64_t> applied = applier.AppliedSeq(page.learner_id);
  if (!applied.ok() || *applied < last_seq) return;  // no way forward; a gap that is left is asked for again later
  not_before_.erase(page.learner_id);
  Ask(page.learner_id, applier);
}

bool GapHealer::MayAsk(const std::string& learner_id) const {
  return asked_.size() < limits::kMaxHistoryReads && !asked_.contains(learner_id) && !not_before_.contains(learner_id);
}

void GapHealer::Ask(const std::string& learner_id, EventApplier& applier) {
  const absl::StatusOr<int64_t> applied = applier.AppliedSeq(learner_id);
  if (!applied.ok()) return;
  Read(learner_id, *applied, false);
}

void GapHealer::Read(const std::string& learner_id, int64_t after_seq, bool is_comparison) {
  asked_.insert(learner_id);
  reads_.Increment();
  history_.Read(
      learner_id, after_seq,
      [mailbox = mailbox_, learner_id, is_comparison](absl::StatusOr<std::vector<events::v1::LearnerEvent>> events) {
        const std::lock_guard lock(mailbox->mutex);
        mailbox->pages.push_back({learner_id, std::move(events), is_comparison});
      });
}

void GapHealer::Compare(EventApplier& applier) {
  for (std::string& learner_id : applier.TakeRepeated()) {
    if (doubted_.size() < limits::kMaxDoubted) doubted_.insert(std::move(learner_id));
  }
  absl::erase_if(doubted_, [&](const std::string& learner_id) {
    if (!MayAsk(learner_id)) return false;
    const absl::StatusOr<int64_t> applied = applier.AppliedSeq(learner_id);
    const bool can_compare = applied.ok() && *applied > 0;
    can_compare ? Read(learner_id, *applied - 1, true) : void(lacking_.erase(learner_id));
    return true;
  });
}

void GapHealer::TakeComparison(const Page& page, EventApplier& applier) {
  not_before_[page.learner_id] = clock_.Now() + limits::kGapRetry;
  const absl::StatusOr<int64_t> applied = applier.AppliedSeq(page.learner_id);
  const bool is_of_no_concern = !applied.ok() || *applied == kErasedSeq;  // somebody else's, or erased
  if (!page.events.ok() || !page.events->empty() || is_of_no_concern) {
    lacking_.erase(page.learner_id);
    return;
  }
  if (!LacksForLong(page.learner_id)) {
    doubted_.insert(page.learner_id);  // to be compared once more
    return;
  }
  lacking_.erase(page.learner_id);
  if (ahead_.size() >= limits::kMaxAhead) return;
  ahead_.insert(page.learner_id);
  ahead_count_.Set(static_cast<double>(ahead_.size()));
  if (ahead_.size() > 1) return;  // said once; the gauge counts
  log::Error(
      "states are ahead of the ledger: it was restored from an older backup, and new events of these learners look "
      "like "
      "repetitions. Remedy: stop recommend, remove its data folder, start it; see \"A restored ledger\" in "
      "docs/operations.md",
      {{"learner_id", page.learner_id}});
}

bool GapHealer::LacksForLong(const std::string& learner_id) {
  const absl::Time now = clock_.Now();
  return now >= lacking_.try_emplace(learner_id, now).first->second + limits::kAheadPatience;
}

std::vector<std::string> GapHealer::TakeCatchUps() {
  const std::lock_guard lock(mailbox_->mutex);
  const size_t count = std::min(mailbox_->catch_ups.size(), limits::kMaxHistoryReads);
  const auto end = mailbox_->catch_ups.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<std::string> taken(std::make_move_iterator(mailbox_->catch_ups.begin()), std::make_move_iterator(end));
  mailbox_->catch_ups.erase(mailbox_->catch_ups.begin(), end);
  return taken;
}

}  // namespace edirae::recommend
