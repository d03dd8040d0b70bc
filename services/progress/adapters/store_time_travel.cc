#include "services/progress/adapters/store_time_travel.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/history_digest.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/view.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

absl::StatusOr<PastState> FoldUntil(EventStore& store, const std::string& learner_id, const Moment& moment) {
  PastState past(moment);
  while (true) {
    const int64_t after = past.state().last_seq();
    const auto page = store.ReadLearner(learner_id, after, limits::kFoldPage, limits::kMaxPageBytes);
    if (!page.ok()) return StoreError(page.status());
    if (page->empty()) return past;
    for (const StoredEvent& stored : *page) {
      EDIRAE_ASSIGN_OR_RETURN(const bool taken, past.Take(stored.payload));
      if (!taken) return past;
    }
  }
}

absl::StatusOr<v1::GetStateResponse> StateAt(EventStore& store, const ContentIndex& content, const StateQuery& query) {
  const IndexedRoadmap* roadmap = content.FindRoadmap(query.roadmap_id);
  if (roadmap == nullptr) return NotInCatalog(reason::kRoadmapNotFound, "roadmap_id", query.roadmap_id);
  EDIRAE_ASSIGN_OR_RETURN(const PastState past, FoldUntil(store, query.learner_id, query.moment));
  const int64_t seq = past.state().last_seq();
  const bool named = query.moment.seq != Moment().seq;
  if (named && query.moment.time == absl::InfiniteFuture() && seq < query.moment.seq) {
    return Invalid(reason::kOutOfRange, absl::StrCat("as_of_seq: the history ends at ", seq), "as_of_seq");
  }
  v1::GetStateResponse response;
  *response.mutable_progress() = ToProto(*roadmap, past.state(), query.learner_id, content.revision());
  response.mutable_digest()->set_learner_seq(seq);
  response.mutable_digest()->set_digest(DigestText(past.digest()));
  return response;
}

// Collects a page of what a filter wants.
class FilteredPage {
 public:
  FilteredPage(const EventQuery& query, int64_t as_of_seq) : query_(query) {
    page_.last_returned_seq = query.after_seq;
    page_.as_of_seq = as_of_seq;
  }

  bool full() const {
    return static_cast<int>(page_.events.size()) >= query_.max_events || bytes_ >= limits::kMaxPageBytes ||
           looked_at_ >= limits::kMaxListedScan;
  }

  absl::Status Take(StoredEvent stored) {
    if (!event_.ParseFromString(stored.payload)) {
      return absl::DataLossError(absl::StrCat("position ", stored.position, " is not an event"));
    }
    ++looked_at_;
    page_.last_returned_seq = stored.learner_seq;
    if (!query_.filter.Wants(event_)) return absl::OkStatus();
    bytes_ += stored.payload.size();
    page_.events.push_back(std::move(stored.payload));
    return absl::OkStatus();
  }

  int64_t last_seq() const { return page_.last_returned_seq; }
  HistoryPage Finish() { return std::move(page_); }

 private:
  const EventQuery& query_;
  HistoryPage page_;
  events::v1::LearnerEvent event_;
  size_t bytes_ = 0;
  int looked_at_ = 0;
};

absl::StatusOr<HistoryPage> ListFiltered(EventStore& store, const EventQuery& query) {
  const auto last = store.LastSeq(query.learner_id);
  if (!last.ok()) return StoreError(last.status());
  FilteredPage page(query, *last);
  while (!page.full()) {
    auto read = store.ReadLearner(query.learner_id, page.last_seq(), limits::kFoldPage, limits::kMaxPageBytes);
    if (!read.ok()) return StoreError(read.status());
    if (read->empty()) break;
    for (StoredEvent& stored : *read) {
      if (page.full()) break;
      EDIRAE_RETURN_IF_ERROR(page.Take(std::move(stored)));
    }
  }
  return page.Finish();
}

}  // namespace

StoreTimeTravel::StoreTimeTravel(EventStore& store, const CurrentContent& content)
    : store_(store), content_(content), reader_("time-travel", limits::kMaxQueuedTravels, ReaderRefusals()) {}

void StoreTimeTravel::ReadState(StateQuery query, StateDone done) {
  std::shared_ptr<const ContentIndex> content = content_.Get();
  if (content == nullptr) return std::move(done)(NoCatalog());
  process::RunOn(reader_, std::move(done),
                 [this, content = std::move(content), query = std::move(query)](StateDone read) {
                   std::move(read)(StateAt(store_, *content, query));
                 });
}

void StoreTimeTravel::ListEvents(EventQuery query, HistoryDone done) {
  process::RunOn(reader_, std::move(done),
                 [this, query = std::move(query)](HistoryDone read) { std::move(read)(ListFiltered(store_, query)); });
}

}  // namespace edirae::progress
