#include "services/recommend/domain/choosing/suggestions.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/measure/measurements.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/domain/mastery/prior.h"

namespace edirae::bench {
namespace {

using recommend::CourseIndex;
using recommend::Curriculum;
using recommend::LearnerState;
using recommend::Models;

constexpr int kQuestionsOfConcept = 10;
constexpr int kConceptsOfStage = 6;
constexpr double kSmallMicros = 30;
constexpr double kLargeMicros = 1000;
constexpr int kFoldedEvents = 200'000;
constexpr int kFoldedLearners = 1000;
constexpr double kFoldsPerSecond = 1e6;

std::string ConceptId(int number) { return absl::StrCat("concept-", number); }
std::string QuestionId(int number, int question) { return absl::StrCat(ConceptId(number), ".q", question); }

// Concepts in stages of six, each building on the two before it, with ten questions each.
catalog::v1::RevisionContent ContentOf(int concepts) {
  catalog::v1::RevisionContent content;
  auto& roadmap = *content.add_roadmaps();
  roadmap.set_roadmap_id("road");
  auto& criterion = *roadmap.mutable_mastery_criterion();
  criterion.set_min_distinct_correct(6);
  criterion.set_window(10);
  criterion.set_right_again_after_hours(24);
  for (int i = 0; i < concepts; ++i) {
    if (i % kConceptsOfStage == 0) roadmap.add_stages()->set_stage_id(absl::StrCat("stage-", i));
    auto& added = *roadmap.mutable_stages(roadmap.stages_size() - 1)->add_concepts();
    added.set_concept_id(ConceptId(i));
    added.set_title(absl::StrCat("Concept ", i));
    for (int back = 1; back <= std::min(i, 2); ++back) added.add_prerequisite_ids(ConceptId(i - back));
    for (int q = 0; q < kQuestionsOfConcept; ++q) {
      auto& question = *content.add_questions()->mutable_question();
      question.set_question_id(QuestionId(i, q));
      question.add_concept_ids(ConceptId(i));
    }
  }
  return content;
}

// A learner's events in order: answers mostly, three of four right.
class Writer {
 public:
  Writer(std::string learner_id, absl::Time start) : learner_id_(std::move(learner_id)), now_(start) {}

  events::v1::LearnerEvent Answer(int number, int question, bool correct) {
    events::v1::LearnerEvent event = Next();
    auto& answer = *event.mutable_question_answered();
    answer.set_question_id(QuestionId(number, question));
    answer.add_concept_ids(ConceptId(number));
    answer.set_correct(correct);
    return event;
  }
  events::v1::LearnerEvent Master(int number) {
    events::v1::LearnerEvent event = Next();
    event.mutable_concept_mastered()->set_concept_id(ConceptId(number));
    return event;
  }
  events::v1::LearnerEvent Pass(int stage) {
    events::v1::LearnerEvent event = Next();
    event.mutable_stage_passed()->set_roadmap_id("road");
    event.mutable_stage_passed()->set_stage_id(absl::StrCat("stage-", stage));
    return event;
  }
  absl::Time now() const { return now_; }

 private:
  events::v1::LearnerEvent Next() {
    now_ += absl::Minutes(5);
    events::v1::LearnerEvent event;
    event.set_event_id("0192d3c4-5e6f-7a8b-9cad-beef01234567");
    event.set_learner_id(learner_id_);
    event.set_learner_seq(++seq_);
    event.mutable_occur_time()->set_seconds(absl::ToUnixSeconds(now_));
    event.mutable_record_time()->set_seconds(absl::ToUnixSeconds(now_));
    return event;
  }

  const std::string learner_id_;
  absl::Time now_;
  int64_t seq_ = 0;
};

// Half of the course is mastered, and the concept after it begun. Microseconds of a Suggest of three, median.
absl::StatusOr<double> MedianOfSuggest(const Models& models, int concepts, absl::Duration window) {
  const auto curriculum = Curriculum::Build(1, ContentOf(concepts));
  if (!curriculum.ok()) return curriculum.status();
  const CourseIndex& course = *(*curriculum)->Find("road");
  LearnerState state;
  Writer writer("ada", absl::FromUnixSeconds(1'800'000'000));
  for (int i = 0; i < concepts / 2; ++i) {
    for (int q = 0; q < 6; ++q) recommend::Fold(models, writer.Answer(i, q, q % 4 != 3), state);
    recommend::Fold(models, writer.Master(i), state);
    if (i % kConceptsOfStage == kConceptsOfStage - 1) {
      recommend::Fold(models, writer.Pass(i - kConceptsOfStage + 1), state);
    }
  }
  recommend::Fold(models, writer.Answer(concepts / 2, 0, true), state);
  std::vector<double> micros;
  const auto begin = std::chrono::steady_clock::now();
  auto last = begin;
  while (last - begin < absl::ToChronoNanoseconds(window)) {
    const recommend::choosing::LearnerView view(models, state, course, writer.now());
    if (recommend::choosing::Suggest(view, 3).suggestions.empty()) return absl::InternalError("nothing is suggested");
    const auto now = std::chrono::steady_clock::now();
    micros.push_back(std::chrono::duration<double, std::micro>(now - last).count());
    last = now;
  }
  std::ranges::nth_element(micros, micros.begin() + static_cast<int64_t>(micros.size() / 2));
  return micros[micros.size() / 2];
}

double FoldsPerSecond(const Models& models) {
  std::vector<events::v1::LearnerEvent> events;
  std::vector<Writer> writers;
  for (int i = 0; i < kFoldedLearners; ++i) {
    writers.emplace_back(absl::StrCat("learner-", i), absl::FromUnixSeconds(1'800'000'000));
  }
  for (int i = 0; i < kFoldedEvents; ++i) {
    const int turn = i / kFoldedLearners;
    events.push_back(writers[static_cast<size_t>(i % kFoldedLearners)].Answer(turn / 8, turn % 8, i % 4 != 3));
  }
  std::vector<LearnerState> states(kFoldedLearners);
  const auto begin = std::chrono::steady_clock::now();
  for (size_t i = 0; i < events.size(); ++i) recommend::Fold(models, events[i], states[i % kFoldedLearners]);
  return kFoldedEvents / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

absl::Status MeasureSuggestions(const Conditions& conditions, Results& results) {
  conditions.progress.Show("suggestions and folding in memory");
  auto weights = recommend::mastery::ShippedPrior();
  if (!weights.ok()) return weights.status();
  const Models models{.weights = *std::move(weights)};
  const auto small = MedianOfSuggest(models, 24, conditions.window);
  if (!small.ok()) return small.status();
  results.push_back({.name = "suggest_24_p50_us", .value = *small, .unit = "us", .limit = kSmallMicros, .most = 1});
  const auto large = MedianOfSuggest(models, 10'000, conditions.window);
  if (!large.ok()) return large.status();
  results.push_back({.name = "suggest_10000_p50_us", .value = *large, .unit = "us", .limit = kLargeMicros, .most = 1});
  results.push_back({.name = "fold_events",
                     .value = FoldsPerSecond(models),
                     .unit = "events/s",
                     .limit = kFoldsPerSecond,
                     .least = 1});
  return absl::OkStatus();
}

}  // namespace edirae::bench
