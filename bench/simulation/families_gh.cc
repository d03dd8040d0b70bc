#include <memory>
#include <utility>
#include <vector>

#include "bench/simulation/families.h"

namespace edirae::simulation {
namespace {

constexpr double kUnlearnable = 0.05;
constexpr double kKnows = 0.5;

// Learners of another family, of whom each has some concepts that they do not know and cannot learn: the questions are
// broken, or what they build on is nowhere in the curriculum.
class WithGaps : public Learner {
 public:
  WithGaps(std::unique_ptr<Learner> inner, int concepts, Random& random) : inner_(std::move(inner)) {
    for (int i = 0; i < concepts; ++i) gap_.push_back(random.Chance(kUnlearnable) && inner_->Success(i, 0) < kKnows);
  }

  double Success(int concept_index, double time) const override { return inner_->Success(concept_index, time); }
  double Readiness(int concept_index, double time) const override { return inner_->Readiness(concept_index, time); }

  bool Answer(int concept_index, double time, Random& random) override {
    if (gap_[static_cast<size_t>(concept_index)]) return random.Chance(inner_->Success(concept_index, time));
    return inner_->Answer(concept_index, time, random);
  }

 private:
  const std::unique_ptr<Learner> inner_;
  std::vector<bool> gap_;
};

template <int kInner>
std::unique_ptr<Learner> MakeWithGaps(const Graph& graph, double ability, Random& random) {
  static const auto* const families = new std::vector<Family>(FirstFamilies());
  auto inner = (*families)[kInner].make(graph, ability, random);
  return std::make_unique<WithGaps>(std::move(inner), graph.size(), random);
}

}  // namespace

std::vector<Family> FamiliesWithGaps() {
  return {{"G", "A, and a twentieth of the concepts cannot be learned", MakeWithGaps<0>},
          {"H", "B, and a twentieth of the concepts cannot be learned", MakeWithGaps<1>}};
}

}  // namespace edirae::simulation
