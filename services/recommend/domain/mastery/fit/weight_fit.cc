#include "services/recommend/domain/mastery/fit/weight_fit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "services/recommend/domain/mastery/log_odds.h"

namespace edirae::recommend::mastery {
namespace {

constexpr float kRate = 0.03f;          // Adagrad, of sparse weights
constexpr float kNetworkRate = 0.003f;  // Adam
constexpr float kDecay = 0.5f;          // rate / (1 + decay * epoch)
constexpr float kWeightDecay = 0.01f;
constexpr int kBatch = 64;
constexpr float kStartSlope = 0.7f;  // of the filters' expectation, at the start

// Adam (Kingma and Ba 2015) with decoupled weight decay, of one array.
template <size_t n>
class Adam {
 public:
  void Step(const std::array<float, n>& gradient, float scale, float rate, int64_t step,
            std::array<float, n>& weights) {
    const float correct_1 = 1 - std::pow(0.9f, static_cast<float>(step));
    const float correct_2 = 1 - std::pow(0.999f, static_cast<float>(step));
    for (size_t i = 0; i < n; ++i) {
      const float g = gradient[i] * scale;
      first_[i] = 0.9f * first_[i] + 0.1f * g;
      second_[i] = 0.999f * second_[i] + 0.001f * g * g;
      weights[i] -=
          rate * (first_[i] / correct_1 / (std::sqrt(second_[i] / correct_2) + 1e-8f) + kWeightDecay * weights[i]);
    }
  }

 private:
  std::array<float, n> first_ = {};
  std::array<float, n> second_ = {};
};

struct UnitGroup {
  std::array<std::array<float, kUnitsOfGroup>, kDenseFeatures> input = {};
  std::array<float, kUnitsOfGroup> threshold = {};
  std::array<float, kUnitsOfGroup> output = {};
};

using Tables = std::array<std::vector<float>, WeightPlace::kTables>;

// One network and its sparse weights, on their way.
class Trainer {
 public:
  Trainer(const TrainingSet& set, const Weights& weights, uint64_t seed)
      : set_(set), random_(seed), sparse_(weights.sparse) {
    for (size_t table = 0; table < WeightPlace::kTables; ++table) {
      std::fill(sparse_[table].begin(), sparse_[table].end(), 0.0f);
      squares_[table].assign(sparse_[table].size(), 1.0f);
    }
    std::normal_distribution<float> normal;
    const float spread = 1 / std::sqrt(static_cast<float>(kDenseFeatures) + 2);
    for (auto& row : group_.input)
      for (float& it : row) it = normal(random_) * spread;
    for (float& it : group_.threshold) it = normal(random_) * spread;
    for (float& it : group_.output) it = normal(random_) * 0.1f;
    linear_[kExpectation] = kStartSlope / weights.network.scale[kExpectation];
    bias_[0] = kStartSlope * weights.network.mean[kExpectation];
    order_.resize(set.rows().size());
    std::iota(order_.begin(), order_.end(), 0);
  }

  void Epoch(int epoch) {
    std::shuffle(order_.begin(), order_.end(), random_);
    const float slower = 1 / (1 + kDecay * static_cast<float>(epoch));
    for (const uint32_t row : order_) {
      Learn(set_.rows()[row], kRate * slower);
      if (++in_batch_ == kBatch) EndBatch(kNetworkRate * slower);
    }
  }

  const Tables& sparse() const { return sparse_; }
  const DenseFeatures& linear() const { return linear_; }
  const UnitGroup& group() const { return group_; }
  float bias() const { return bias_[0]; }

 private:
  void Learn(const TrainingSet::Row& row, float rate) {
    float log_odds = bias_[0];
    for (const TrainingSet::Input& input : set_.InputsOf(row))
      log_odds += sparse_[input.weight.table()][input.weight.at()] * input.value;
    std::array<float, kUnitsOfGroup> units = group_.threshold;
    for (int i = 0; i < kDenseFeatures; ++i) {
      log_odds += linear_[i] * row.dense[i];
      for (int unit = 0; unit < kUnitsOfGroup; ++unit) units[unit] += row.dense[i] * group_.input[i][unit];
    }
    for (int unit = 0; unit < kUnitsOfGroup; ++unit) log_odds += std::max(units[unit], 0.0f) * group_.output[unit];
    const float error = Sigmoid(log_odds) - (row.correct ? 1.0f : 0.0f);
    LearnNetwork(row, units, error);
    for (const TrainingSet::Input& input : set_.InputsOf(row)) {
      const auto table = input.weight.table();
      const uint32_t at = input.weight.at();
      float& weight = sparse_[table][at];
      float& square = squares_[table][at];
      const float gradient = error * input.value + PenaltyOf(input.weight) * weight;
      square += gradient * gradient;
      weight -= rate * gradient / std::sqrt(square);
    }
  }

  void LearnNetwork(const TrainingSet::Row& row, const std::array<float, kUnitsOfGroup>& units, float error) {
    std::array<float, kUnitsOfGroup> back;
    for (int unit = 0; unit < kUnitsOfGroup; ++unit) {
      output_gradient_[unit] += error * std::max(units[unit], 0.0f);
      back[unit] = units[unit] > 0 ? error * group_.output[unit] : 0.0f;
      threshold_gradient_[unit] += back[unit];
    }
    for (int i = 0; i < kDenseFeatures; ++i) {
      linear_gradient_[i] += error * row.dense[i];
      for (int unit = 0; unit < kUnitsOfGroup; ++unit) input_gradient_[i][unit] += back[unit] * row.dense[i];
    }
    bias_gradient_[0] += error;
  }

  void EndBatch(float rate) {
    ++steps_;
    const float scale = 1 / static_cast<float>(in_batch_);
    for (int i = 0; i < kDenseFeatures; ++i)
      input_adam_[i].Step(input_gradient_[i], scale, rate, steps_, group_.input[i]);
    threshold_adam_.Step(threshold_gradient_, scale, rate, steps_, group_.threshold);
    output_adam_.Step(output_gradient_, scale, rate, steps_, group_.output);
    linear_adam_.Step(linear_gradient_, scale, rate, steps_, linear_);
    bias_adam_.Step(bias_gradient_, scale, rate, steps_, bias_);
    input_gradient_ = {};
    threshold_gradient_ = {};
    output_gradient_ = {};
    linear_gradient_ = {};
    bias_gradient_ = {};
    in_batch_ = 0;
  }

  const TrainingSet& set_;
  std::mt19937_64 random_;
  std::vector<uint32_t> order_;
  Tables sparse_;
  Tables squares_;
  UnitGroup group_;
  DenseFeatures linear_ = {};
  std::array<float, 1> bias_ = {};

  std::array<std::array<float, kUnitsOfGroup>, kDenseFeatures> input_gradient_ = {};
  std::array<float, kUnitsOfGroup> threshold_gradient_ = {};
  std::array<float, kUnitsOfGroup> output_gradient_ = {};
  DenseFeatures linear_gradient_ = {};
  std::array<float, 1> bias_gradient_ = {};
  std::array<Adam<kUnitsOfGroup>, kDenseFeatures> input_adam_;
  Adam<kUnitsOfGroup> threshold_adam_, output_adam_;
  Adam<kDenseFeatures> linear_adam_;
  Adam<1> bias_adam_;
  int in_batch_ = 0;
  int64_t steps_ = 0;
};

void Standardise(TrainingSet& set, Network& network) {
  for (int i = 0; i < kDenseFeatures; ++i) {
    double sum = 0;
    double squares = 0;
    for (const TrainingSet::Row& row : set.rows()) sum += row.dense[i];
    const double mean = sum / static_cast<double>(set.rows().size());
    for (const TrainingSet::Row& row : set.rows()) squares += (row.dense[i] - mean) * (row.dense[i] - mean);
    network.mean[i] = static_cast<float>(mean);
    network.scale[i] = static_cast<float>(1 / (std::sqrt(squares / static_cast<double>(set.rows().size())) + 1e-3));
  }
  for (TrainingSet::Row& row : set.rows()) network.Standardise(row.dense);
}

// Adds what a trainer came to, as one of kGroups that are averaged.
void AddShare(const Trainer& trainer, int group, Weights& weights) {
  constexpr float kShare = 1.0f / kGroups;
  for (size_t table = 0; table < WeightPlace::kTables; ++table) {
    for (size_t i = 0; i < weights.sparse[table].size(); ++i) {
      weights.sparse[table][i] += kShare * trainer.sparse()[table][i];
    }
  }
  Network& network = weights.network;
  network.bias += kShare * trainer.bias();
  const int first = group * kUnitsOfGroup;
  for (int i = 0; i < kDenseFeatures; ++i) {
    network.linear[i] += kShare * trainer.linear()[i];
    std::copy(trainer.group().input[i].begin(), trainer.group().input[i].end(), network.input[i].begin() + first);
  }
  for (int unit = 0; unit < kUnitsOfGroup; ++unit) {
    network.threshold[first + unit] = trainer.group().threshold[unit];
    network.output[first + unit] = kShare * trainer.group().output[unit];
  }
}

// Makes `weights` what the trainers, one for each group of units, say together.
void Average(const std::vector<Trainer>& trainers, Weights& weights) {
  for (auto& table : weights.sparse) std::fill(table.begin(), table.end(), 0.0f);
  weights.network.bias = 0;
  weights.network.linear = {};
  for (int group = 0; group < kGroups; ++group) AddShare(trainers[static_cast<size_t>(group)], group, weights);
}

}  // namespace

void FitWeights(TrainingSet& set, const FitSettings& settings, Weights& weights, absl::FunctionRef<void(int)> step) {
  weights.network = {};
  Standardise(set, weights.network);
  std::vector<Trainer> trainers;
  for (uint64_t group = 0; group < kGroups; ++group) trainers.emplace_back(set, weights, settings.seed + group);
  for (int epoch = 0; epoch < settings.epochs; ++epoch) {
    for (Trainer& it : trainers) it.Epoch(epoch);
    Average(trainers, weights);
    step(epoch);
  }
}

}  // namespace edirae::recommend::mastery
