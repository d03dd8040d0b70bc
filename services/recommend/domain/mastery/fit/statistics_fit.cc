#include "services/recommend/domain/mastery/fit/statistics_fit.h"

#include <algorithm>
#include <cmath>

#include "services/recommend/domain/mastery/ability_filter.h"
#include "services/recommend/domain/mastery/fit/replay.h"
#include "services/recommend/domain/mastery/log_odds.h"

namespace edirae::recommend::mastery {
namespace {

constexpr int kSweeps = 2;  // over the ease offsets, filtering anew after each

struct MeanAndVariance {
  float mean = 0;
  float variance = 0;
};

// Runs the slow filter over the responses of one learner after the other, for the expected log-odds of each.
class Expectations {
 public:
  explicit Expectations(size_t concepts) : concepts_(concepts), fresh_(concepts, 0) {}

  float Next(const TracedResponse& response, float ease, bool first) {
    if (first) {
      ++learner_;
      ability_ = {0, kSlowFilter.learner_prior};
    }
    const float share = response.concept_count == 0 ? 0 : 1 / static_cast<float>(response.concept_count);
    Belief belief = {.learner = ability_.mean, .learner_variance = ability_.variance};
    for (const int32_t number : response.asked()) {
      const MeanAndVariance& it = At(number);
      belief.concepts += it.mean * share;
      belief.concept_variance += it.variance * share * share;
    }
    const float expected = belief.Expect(ease);
    const Correction correction(belief, Sigmoid(expected), response.correct);
    correction.Apply(ability_.mean, ability_.variance, 1, kSlowFilter.learner_drift);
    for (const int32_t number : response.asked()) {
      MeanAndVariance& it = At(number);
      correction.Apply(it.mean, it.variance, share, kSlowFilter.concept_drift);
    }
    return expected;
  }

 private:
  MeanAndVariance& At(int32_t number) {
    if (fresh_[number] != learner_) {
      fresh_[number] = learner_;
      concepts_[number] = {0, kSlowFilter.concept_prior};
    }
    return concepts_[number];
  }

  uint32_t learner_ = 0;
  MeanAndVariance ability_;
  std::vector<MeanAndVariance> concepts_;
  std::vector<uint32_t> fresh_;  // for whom it was last reset
};

struct Slopes {
  float gradient = 0;
  float information = 0;
};

class Estimate {
 public:
  Estimate(const Registry& registry, std::vector<const TracedResponse*> responses)
      : responses_(std::move(responses)), filter_concepts_(registry.concepts().size()) {
    statistics_.Resize(registry.items().size(), registry.concepts().size());
  }

  Statistics Run() && {
    slopes_[0].resize(statistics_.concept_offsets.values.size());
    slopes_[1].resize(statistics_.item_offsets.values.size());
    CountRates();
    for (const TracedResponse* it : responses_) ease_.push_back(statistics_.EaseOf(it->asked()));
    Filter();
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (int i = 0; i < kEaseOffsets; ++i) Step(&OffsetPlaces::ease, i, kEasePrecision[i], kMaxEaseOffset, &ease_);
      Filter();
    }
    for (int i = 0; i < kTraceOffsets; ++i) Step(&OffsetPlaces::trace, i, kTracePrecision, kMaxTraceOffset, nullptr);
    return std::move(statistics_);
  }

 private:
  void CountRates() {
    const auto count = [](Rate& rate, bool correct) {
      ++rate.answers;
      if (correct) ++rate.correct;
    };
    for (const TracedResponse* it : responses_) {
      count(statistics_.all, it->correct);
      if (it->item != Registry::kUnknown) count(statistics_.item_rates[it->item], it->correct);
      for (const int32_t number : it->asked()) count(statistics_.concept_rates[number], it->correct);
    }
  }

  void Filter() {
    Expectations expectations(filter_concepts_);
    log_odds_.resize(responses_.size());
    for (size_t i = 0; i < responses_.size(); ++i) {
      const bool first = i == 0 || responses_[i]->learner != responses_[i - 1]->learner;
      log_odds_[i] = expectations.Next(*responses_[i], ease_[i], first);
    }
  }

  // One Newton step for the i-th offset of `places`, all of its values at once. `slopes_` is zero before and after:
  // most places are met by few responses, so that walking these beats walking those.
  template <class Places>
  void Step(Places OffsetPlaces::*places, int i, float precision, float bound, std::vector<float>* ease) {
    const auto slopes_at = [this](OffsetPlace place) -> Slopes& { return slopes_[place.of_item ? 1 : 0][place.at]; };
    const auto stepped = [&](OffsetPlace place) {
      const Slopes& slopes = slopes_at(place);
      const float before = statistics_.ValueAt(place);
      return std::clamp(before + (slopes.gradient - precision * before) / (slopes.information + precision), -bound,
                        bound);
    };
    ForEachPlace(places, i, [&](size_t row, OffsetPlace place) {
      const float p = Sigmoid(log_odds_[row]);
      slopes_at(place).gradient += (responses_[row]->correct ? 1.0f : 0.0f) - p;
      slopes_at(place).information += p * (1 - p);
    });
    ForEachPlace(places, i, [&](size_t row, OffsetPlace place) {
      const float change = stepped(place) - statistics_.ValueAt(place);
      log_odds_[row] += change;
      if (ease != nullptr) (*ease)[row] += change;
    });
    ForEachPlace(places, i, [&](size_t, OffsetPlace place) {
      Slopes& slopes = slopes_at(place);
      if (slopes.information == 0) return;  // done at an earlier response
      const auto at = static_cast<size_t>(place.at);
      statistics_.TableOf(place).values[at] = stepped(place);
      statistics_.TableOf(place).information[at] = slopes.information;
      slopes = {};
    });
  }

  template <class Places, class Visit>
  void ForEachPlace(Places OffsetPlaces::*places, int i, Visit visit) const {
    for (size_t row = 0; row < responses_.size(); ++row) {
      const OffsetPlace place = (responses_[row]->places.*places)[i];
      if (place.at != Registry::kUnknown) visit(row, place);
    }
  }

  Statistics statistics_;
  std::vector<const TracedResponse*> responses_;
  size_t filter_concepts_;
  std::vector<float> ease_;      // of each response
  std::vector<float> log_odds_;  // of each response, filter and offsets together
  std::array<std::vector<Slopes>, 2> slopes_;
};

}  // namespace

std::vector<TracedResponse> Trace(const Weights& weights, const ResponseLog& log, const std::vector<bool>& use) {
  std::vector<TracedResponse> traced;
  Replay(weights, log, use, [&](size_t i, const Features& features) {
    TracedResponse& it = traced.emplace_back();
    it.learner = log.responses[i].learner;
    it.correct = log.responses[i].correct;
    it.item = features.item;
    for (const AskedConcept& asked : features.asked()) {
      if (asked.number != Registry::kUnknown) it.concepts[it.concept_count++] = asked.number;
    }
    it.places = PlacesOf(features.item, it.concept_count > 0 ? features.concepts[0].number : Registry::kUnknown,
                         features.histories);
  });
  return traced;
}

Statistics EstimateStatistics(const Registry& registry, const std::vector<TracedResponse>& responses,
                              absl::FunctionRef<bool(uint32_t learner)> counts) {
  std::vector<const TracedResponse*> counted;
  for (const TracedResponse& it : responses) {
    if (counts(it.learner)) counted.push_back(&it);
  }
  return Estimate(registry, std::move(counted)).Run();
}

}  // namespace edirae::recommend::mastery
