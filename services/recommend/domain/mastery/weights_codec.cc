#include "services/recommend/domain/mastery/weights_codec.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::mastery {
namespace {

constexpr int kLayout = 1;

using Floats = google::protobuf::RepeatedField<float>;
using Places = google::protobuf::RepeatedField<uint32_t>;

absl::Status Refuse(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("not weights of the mastery model: ", why));
}

// The tables in which each item, or each concept, has a block.
template <class Rates, class Weights, class OffsetTable>
struct BlockTables {
  Rates& rates;
  Weights& weights;
  OffsetTable& offsets;
  size_t weight_count;
  size_t offset_count;
};
template <class Rates, class Weights, class OffsetTable>
BlockTables(Rates&, Weights&, OffsetTable&, size_t, size_t) -> BlockTables<Rates, Weights, OffsetTable>;

// Of Weights or const Weights.
auto ItemTables(auto& weights) {
  return BlockTables{weights.statistics.item_rates, weights.sparse[WeightPlace::kItem], weights.statistics.item_offsets,
                     size_t{item_weight::kCount}, size_t{item_offset::kCount}};
}

auto ConceptTables(auto& weights) {
  return BlockTables{weights.statistics.concept_rates, weights.sparse[WeightPlace::kConcept],
                     weights.statistics.concept_offsets, size_t{concept_weight::kCount},
                     size_t{concept_offset::kCount}};
}

void WriteRate(const Rate& rate, recommend::v1::MasteryRate& message) {
  message.set_answers(rate.answers);
  message.set_correct(rate.correct);
}

template <class Tables>
void WriteBlocks(const absl::flat_hash_map<uint64_t, int32_t>& numbers, const Tables& tables,
                 google::protobuf::RepeatedPtrField<recommend::v1::MasteryBlock>& blocks) {
  std::vector<std::pair<uint64_t, int32_t>> sorted(numbers.begin(), numbers.end());
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [key, number] : sorted) {
    recommend::v1::MasteryBlock& block = *blocks.Add();
    block.set_key(key);
    WriteRate(tables.rates[number], *block.mutable_rate());
    for (size_t place = 0; place < tables.weight_count; ++place) {
      const float weight = tables.weights[number * tables.weight_count + place];
      if (weight == 0) continue;
      block.add_weight_places(static_cast<uint32_t>(place));
      block.add_weights(weight);
    }
    for (size_t place = 0; place < tables.offset_count; ++place) {
      const size_t at = number * tables.offset_count + place;
      if (tables.offsets.information[at] == 0) continue;
      block.add_offset_places(static_cast<uint32_t>(place));
      block.add_offsets(tables.offsets.values[at]);
      block.add_information(tables.offsets.information[at]);
    }
  }
}

bool Sound(float value) { return std::abs(value) <= limits::kMaxWeight; }  // false for NaN

bool Sound(const Floats& values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return Sound(value); });
}

// `values` has one number for each of `places`, which ascend below `end`.
bool Fits(const Places& places, const Floats& values, size_t end) {
  return places.size() == values.size() && (places.empty() || places[places.size() - 1] < end) &&
         std::adjacent_find(places.begin(), places.end(), std::greater_equal<>()) == places.end();
}

bool SoundRate(const recommend::v1::MasteryRate& rate) {
  constexpr float kMaxAnswers = 1e12f;
  return rate.correct() >= 0 && rate.answers() >= rate.correct() && rate.answers() <= kMaxAnswers;
}

template <class Tables>
absl::Status ReadBlock(const recommend::v1::MasteryBlock& block, int32_t number, const Tables& tables) {
  if (!SoundRate(block.rate())) return Refuse("a rate that cannot be");
  if (!Fits(block.weight_places(), block.weights(), tables.weight_count)) return Refuse("places of weights");
  if (!Fits(block.offset_places(), block.offsets(), tables.offset_count) ||
      block.information_size() != block.offsets_size()) {
    return Refuse("places of offsets");
  }
  if (!Sound(block.weights()) || !Sound(block.offsets())) return Refuse("a number that is far too great");
  tables.rates[number] = {block.rate().answers(), block.rate().correct()};
  for (int i = 0; i < block.weights_size(); ++i) {
    tables.weights[number * tables.weight_count + block.weight_places(i)] = block.weights(i);
  }
  for (int i = 0; i < block.offsets_size(); ++i) {
    if (!(block.information(i) >= 0 && std::isfinite(block.information(i))))
      return Refuse("information that cannot be");
    const size_t at = number * tables.offset_count + block.offset_places(i);
    tables.offsets.values[at] = block.offsets(i);
    tables.offsets.information[at] = block.information(i);
  }
  return absl::OkStatus();
}

// Copies one number for each place.
template <size_t n>
absl::Status ReadArray(const Floats& from, absl::string_view name, std::array<float, n>& to) {
  if (from.size() != static_cast<int>(n) || !Sound(from)) return Refuse(name);
  std::copy(from.begin(), from.end(), to.begin());
  return absl::OkStatus();
}

absl::Status ReadNetwork(const recommend::v1::MasteryNetwork& message, Network& network) {
  EDIRAE_RETURN_IF_ERROR(ReadArray(message.mean(), "mean", network.mean));
  EDIRAE_RETURN_IF_ERROR(ReadArray(message.scale(), "scale", network.scale));
  for (const float scale : network.scale) {
    if (scale <= 0) return Refuse("scale");
  }
  EDIRAE_RETURN_IF_ERROR(ReadArray(message.linear(), "linear", network.linear));
  EDIRAE_RETURN_IF_ERROR(ReadArray(message.threshold(), "threshold", network.threshold));
  EDIRAE_RETURN_IF_ERROR(ReadArray(message.output(), "output", network.output));
  if (message.input_size() != kDenseFeatures * kUnits || !Sound(message.input()) || !Sound(message.bias())) {
    return Refuse("input");
  }
  network.bias = message.bias();
  for (int i = 0; i < message.input_size(); ++i) network.input[i / kUnits][i % kUnits] = message.input(i);
  return absl::OkStatus();
}

absl::Status ReadKnown(const recommend::v1::MasteryWeights& message, Weights& weights) {
  for (const auto& block : message.concepts()) {
    if (weights.registry.FindConcept(block.key()) != Registry::kUnknown) return Refuse("a concept twice");
    if (weights.registry.AddConcept(block.key()) == Registry::kUnknown) return Refuse("too many concepts");
  }
  for (const auto& block : message.items()) {
    if (weights.registry.FindItem(block.key()) != Registry::kUnknown) return Refuse("an item twice");
    if (weights.registry.AddItem(block.key()) == Registry::kUnknown) return Refuse("too many items");
  }
  weights.Resize();
  for (int i = 0; i < message.concepts_size(); ++i) {
    EDIRAE_RETURN_IF_ERROR(ReadBlock(message.concepts(i), i, ConceptTables(weights)));
  }
  for (int i = 0; i < message.items_size(); ++i)
    EDIRAE_RETURN_IF_ERROR(ReadBlock(message.items(i), i, ItemTables(weights)));
  return absl::OkStatus();
}

}  // namespace

recommend::v1::MasteryWeights ToProto(const Weights& weights) {
  recommend::v1::MasteryWeights message;
  message.set_layout(kLayout);
  WriteRate(weights.statistics.all, *message.mutable_all());
  const std::vector<float>& general = weights.sparse[WeightPlace::kGeneral];
  message.mutable_general()->Add(general.begin(), general.end());
  recommend::v1::MasteryNetwork& network = *message.mutable_network();
  network.mutable_mean()->Add(weights.network.mean.begin(), weights.network.mean.end());
  network.mutable_scale()->Add(weights.network.scale.begin(), weights.network.scale.end());
  network.mutable_linear()->Add(weights.network.linear.begin(), weights.network.linear.end());
  network.set_bias(weights.network.bias);
  for (const auto& row : weights.network.input) network.mutable_input()->Add(row.begin(), row.end());
  network.mutable_threshold()->Add(weights.network.threshold.begin(), weights.network.threshold.end());
  network.mutable_output()->Add(weights.network.output.begin(), weights.network.output.end());
  WriteBlocks(weights.registry.concepts(), ConceptTables(weights), *message.mutable_concepts());
  WriteBlocks(weights.registry.items(), ItemTables(weights), *message.mutable_items());
  return message;
}

absl::StatusOr<Weights> FromProto(const recommend::v1::MasteryWeights& message) {
  if (message.layout() != kLayout) {
    return Refuse(absl::StrCat("layout ", message.layout(), "; this program reads ", kLayout));
  }
  if (!SoundRate(message.all())) return Refuse("a rate that cannot be");
  if (message.general_size() != general_weight::kCount || !Sound(message.general())) return Refuse("general");
  Weights weights;
  weights.statistics.all = {message.all().answers(), message.all().correct()};
  std::copy(message.general().begin(), message.general().end(), weights.sparse[WeightPlace::kGeneral].begin());
  EDIRAE_RETURN_IF_ERROR(ReadNetwork(message.network(), weights.network));
  EDIRAE_RETURN_IF_ERROR(ReadKnown(message, weights));
  return weights;
}

std::string Encode(const Weights& weights) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  ToProto(weights).SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

absl::StatusOr<Weights> Decode(absl::string_view bytes) {
  if (bytes.size() > limits::kMaxWeightsBytes) return Refuse("too large");
  recommend::v1::MasteryWeights message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Refuse("damaged, or the text form of edirae-fit --text, which is for reading");
  }
  return FromProto(message);
}

}  // namespace edirae::recommend::mastery
