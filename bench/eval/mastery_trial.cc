#include "bench/eval/mastery_trial.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "services/recommend/domain/mastery/model.h"

namespace edirae::eval {
namespace {

namespace mastery = recommend::mastery;

constexpr int kPasses = 5;
constexpr size_t kCacheLine = 64;

// Of this thread, so that other programs on the machine count little.
double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return absl::ToDoubleSeconds(absl::DurationFromTimespec(time));
}

// The answers of some learners, in order, with states that start anew with each learner.
class Walk {
 public:
  Walk(const mastery::ResponseLog& log, const std::vector<bool>& learners) {
    for (const mastery::Response& it : log.responses) {
      if (learners[it.learner]) rows_.push_back(&it);
    }
  }

  size_t size() const { return rows_.size(); }

  // Calls `see(response, state, is_last)`; `is_last` is true for the last one of a learner.
  template <class See>
  void Run(See see) const {
    mastery::LearnerState state;
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (i == 0 || rows_[i]->learner != rows_[i - 1]->learner) state = mastery::NewLearner();
      see(*rows_[i], state, i + 1 == rows_.size() || rows_[i]->learner != rows_[i + 1]->learner);
    }
  }

  // Answers of the best of some runs, a second of processor time.
  template <class See>
  double BestPerSecond(See see) const {
    double best = 0;
    for (int pass = 0; pass < kPasses; ++pass) {
      const double start = ProcessorSeconds();
      Run(see);
      best = std::max(best, static_cast<double>(size()) / (ProcessorSeconds() - start));
    }
    return best;
  }

 private:
  std::vector<const mastery::Response*> rows_;
};

// Reads one number of each cache line of a block.
template <class T>
float Touch(const std::vector<T>& table, int32_t number, size_t block) {
  float sum = 0;
  const auto* const bytes = reinterpret_cast<const char*>(table.data() + static_cast<size_t>(number) * block);
  for (size_t at = 0; at < block * sizeof(T); at += kCacheLine) sum += bytes[at];
  return sum;
}

// The limit: finds weights and states of a question, and reads through them.
float TouchAll(const mastery::Weights& weights, const mastery::LearnerState& state, const mastery::Question& question) {
  namespace item = mastery::item_offset;
  float sum = state.items.Find(mastery::ShortKeyOf(question.item)).attempts;
  if (const int32_t number = weights.registry.FindItem(question.item); number != mastery::Registry::kUnknown) {
    sum += Touch(weights.statistics.item_offsets.values, number, item::kCount);
    sum += Touch(weights.sparse[mastery::WeightPlace::kItem], number, mastery::item_weight::kCount);
  }
  std::array<mastery::ConceptKey, mastery::Features::kMaxConcepts> keys;
  const int count = mastery::ConceptsOf(question, keys);
  for (int i = 0; i < count; ++i) {
    const mastery::ConceptState* const known = state.Find(mastery::ShortKeyOf(keys[i]));
    if (known != nullptr) sum += known->attempts;
    const int32_t number = weights.registry.FindConcept(keys[i]);
    if (number == mastery::Registry::kUnknown) continue;
    sum += Touch(weights.sparse[mastery::WeightPlace::kConcept], number, mastery::concept_weight::kCount);
    if (i == 0) sum += Touch(weights.statistics.concept_offsets.values, number, mastery::concept_offset::kCount);
  }
  return sum;
}

// What a learner has met.
struct Met {
  absl::flat_hash_set<mastery::ConceptKey> concepts;
  absl::flat_hash_set<mastery::ItemKey> items;  // that have no concepts
};

// Whether nothing that it asks about was met before; without concepts, the item itself. It is met from now on.
bool IsCold(const mastery::Question& question, Met& met) {
  if (question.concepts.empty()) return met.items.insert(question.item).second;
  const bool cold =
      std::ranges::none_of(question.concepts, [&](mastery::ConceptKey key) { return met.concepts.contains(key); });
  met.concepts.insert(question.concepts.begin(), question.concepts.end());
  return cold;
}

void Predict(const mastery::ResponseLog& log, const mastery::Weights& weights, const Walk& walk, MasteryTrial& trial) {
  Met met;
  size_t concept_bytes = 0;
  size_t concepts = 0;
  size_t other_bytes = 0;
  walk.Run([&](const mastery::Response& response, mastery::LearnerState& state, bool is_last) {
    if (state.answers == 0) met = {};
    const mastery::Question question = log.QuestionOf(response);
    const bool cold = IsCold(question, met);
    trial.predictions.push_back({mastery::Observe(weights, state, question, response.correct), response.correct, cold});
    if (!is_last) return;
    ++trial.learners;
    concepts += state.concepts.size();
    concept_bytes += state.concepts.size() * sizeof(mastery::ConceptState);
    other_bytes += sizeof(state) + state.items.places().size() * sizeof(mastery::ItemHistory);
  });
  trial.bytes_per_learner_concept =
      concepts == 0 ? 0 : static_cast<double>(concept_bytes) / static_cast<double>(concepts);
  trial.bytes_per_learner = static_cast<double>(other_bytes) / static_cast<double>(trial.learners);
}

void Measure(const mastery::ResponseLog& log, const mastery::Weights& weights, const Walk& walk, MasteryTrial& trial) {
  trial.updates_per_second =
      walk.BestPerSecond([&](const mastery::Response& response, mastery::LearnerState& state, bool) {
        mastery::Observe(weights, state, log.QuestionOf(response), response.correct);
      });
  std::vector<mastery::LearnerState> finished;  // the bare pass reads states as full as they came to be
  walk.Run([&](const mastery::Response& response, mastery::LearnerState& state, bool is_last) {
    mastery::Observe(weights, state, log.QuestionOf(response), response.correct);
    if (is_last) finished.push_back(state);
  });
  volatile float sink = 0;
  size_t learner = 0;
  trial.bare_per_second =
      walk.BestPerSecond([&](const mastery::Response& response, mastery::LearnerState&, bool is_last) {
        sink = sink + TouchAll(weights, finished[learner], log.QuestionOf(response));
        if (is_last) learner = (learner + 1) % finished.size();
      });
}

}  // namespace

MasteryTrial TryMastery(const mastery::Weights& weights, const mastery::ResponseLog& log,
                        const std::vector<bool>& test) {
  const Walk walk(log, test);
  MasteryTrial trial;
  Predict(log, weights, walk, trial);
  Measure(log, weights, walk, trial);
  return trial;
}

}  // namespace edirae::eval
