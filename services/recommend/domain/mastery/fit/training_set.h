#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_TRAINING_SET_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_TRAINING_SET_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/recommend/domain/mastery/features.h"

namespace edirae::recommend::mastery {

// Features of many answers, packed.
class TrainingSet {
 public:
  struct Input {
    WeightPlace weight;
    float value;
  };
  struct Row {
    DenseFeatures dense;
    uint32_t inputs_begin = 0;
    uint32_t inputs_end = 0;
    bool correct = false;
  };

  void Add(const Features& features, bool correct) {
    const auto begin = static_cast<uint32_t>(inputs_.size());
    for (const Term& term : features.sparse()) inputs_.push_back({term.weight, term.value});
    rows_.push_back({features.dense, begin, static_cast<uint32_t>(inputs_.size()), correct});
  }

  std::vector<Row>& rows() { return rows_; }
  const std::vector<Row>& rows() const { return rows_; }
  absl::Span<const Input> InputsOf(const Row& row) const {
    return absl::MakeConstSpan(inputs_).subspan(row.inputs_begin, row.inputs_end - row.inputs_begin);
  }

 private:
  std::vector<Row> rows_;
  std::vector<Input> inputs_;
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_TRAINING_SET_H_
