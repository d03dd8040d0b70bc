#include "services/recommend/adapters/exported_events.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/recommend/adapters/text_lines.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

constexpr uint64_t kJudgedOneOf = 5;  // learners

// An answer and its place in the history of its learner.
struct Answered {
  mastery::Response response;
  int64_t learner_seq = 0;
};

class Collector {
 public:
  void Add(const events::v1::LearnerEvent& event) {
    const auto learner = static_cast<uint32_t>(learners_.size());
    Answered& answered = answers_.emplace_back();
    answered.learner_seq = event.learner_seq();
    mastery::Response& response = answered.response;
    response.learner = learners_.try_emplace(event.learner_id(), learner).first->second;
    response.item = KeyOf(event.question_answered().question_id());
    response.time_seconds = std::max<int64_t>(0, event.occur_time().seconds());
    response.correct = IsRightUnaided(event.question_answered());
    response.concepts_begin = static_cast<uint32_t>(log_.concepts.size());
    for (const std::string& id : event.question_answered().concept_ids()) log_.concepts.push_back(KeyOf(id));
    response.concepts_end = static_cast<uint32_t>(log_.concepts.size());
  }

  void Erase(const std::string& learner_id) { erased_.insert(learner_id); }

  size_t size() const { return answers_.size(); }

  // Each learner's answers together, in order.
  RecordedResponses Finish() && {
    const auto place = [](const Answered& it) { return std::pair(it.response.learner, it.learner_seq); };
    std::vector<bool> is_erased(learners_.size());
    for (const auto& [id, number] : learners_) is_erased[number] = erased_.contains(id);
    std::erase_if(answers_, [&](const Answered& it) { return is_erased[it.response.learner]; });
    std::stable_sort(answers_.begin(), answers_.end(),
                     [&](const Answered& a, const Answered& b) { return place(a) < place(b); });
    answers_.erase(std::unique(answers_.begin(), answers_.end(),
                               [&](const Answered& a, const Answered& b) { return place(a) == place(b); }),
                   answers_.end());
    for (const Answered& it : answers_) log_.responses.push_back(it.response);
    log_.learners = static_cast<uint32_t>(learners_.size());
    RecordedResponses recorded{.log = std::move(log_)};
    recorded.learner_ids.resize(learners_.size());
    recorded.is_test.resize(learners_.size());
    for (const auto& [id, number] : learners_) {
      recorded.learner_ids[number] = id;
      recorded.is_test[number] = KeyOf(id) % kJudgedOneOf == 0;
    }
    return recorded;
  }

 private:
  absl::flat_hash_map<std::string, uint32_t> learners_;
  absl::flat_hash_set<std::string> erased_;
  std::vector<Answered> answers_;
  mastery::ResponseLog log_;
};

}  // namespace

absl::StatusOr<RecordedResponses> ReadExportedEvents(const std::string& path) {
  auto lines = TextLines::Open(path);
  if (!lines.ok()) return lines.status();
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;  // of events that are newer than this program
  Collector collector;
  absl::string_view line;
  auto more = (*lines)->Next(line);
  for (; more.ok() && *more; more = (*lines)->Next(line)) {
    events::v1::LearnerEvent event;
    const auto parsed = google::protobuf::util::JsonStringToMessage({line.data(), line.size()}, &event, options);
    if (!parsed.ok()) return (*lines)->Refuse(absl::StrCat("no event: ", std::string(parsed.message())));
    if (event.learner_id().empty() || event.learner_seq() < 1) {
      return (*lines)->Refuse("an event without learner_id or learner_seq");
    }
    if (event.has_learner_erased()) collector.Erase(event.learner_id());
    if (!event.has_question_answered() || !Counts(event.question_answered())) continue;
    if (collector.size() >= limits::kMaxRecordedResponses) return (*lines)->Refuse("too many answers");
    collector.Add(event);
  }
  if (!more.ok()) return more.status();
  return std::move(collector).Finish();
}

}  // namespace edirae::recommend
