#include "services/recommend/domain/mastery/network.h"

#include <algorithm>
#include <cstring>

// Compiled for each width of vectors that processors have; which is used is decided when the program starts. No two
// operations are contracted to one (see CMakeLists.txt) and each unit is summed on its own, so that the result is the
// same bits everywhere. Sanitizers do not bear the way in which that is decided.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define EDIRAE_WIDEST_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EDIRAE_WIDEST_VECTORS
#endif

namespace edirae::recommend::mastery {
namespace {

// The units of a group; an extension of GCC and Clang, which takes as many registers as the processor needs.
using Group = float __attribute__((vector_size(kUnitsOfGroup * sizeof(float))));
static_assert(kGroups == 3, "the loop below is written out for three");

EDIRAE_WIDEST_VECTORS void Activate(const Network& network, const float* features, float* units) {
  Group a, b, c;
  std::memcpy(&a, network.threshold.data(), sizeof(Group));
  std::memcpy(&b, network.threshold.data() + kUnitsOfGroup, sizeof(Group));
  std::memcpy(&c, network.threshold.data() + 2 * kUnitsOfGroup, sizeof(Group));
  for (int i = 0; i < kDenseFeatures; ++i) {
    const float feature = features[i];
    const auto* const input = reinterpret_cast<const Group*>(network.input[i].data());
    a += input[0] * feature;
    b += input[1] * feature;
    c += input[2] * feature;
  }
  std::memcpy(units, &a, sizeof(Group));
  std::memcpy(units + kUnitsOfGroup, &b, sizeof(Group));
  std::memcpy(units + 2 * kUnitsOfGroup, &c, sizeof(Group));
}

}  // namespace

void Network::Standardise(DenseFeatures& features) const {
  for (int i = 0; i < kDenseFeatures; ++i) {
    features[i] = std::clamp((features[i] - mean[i]) * scale[i], -kDenseBound, kDenseBound);
  }
}

float Network::Pattern(const DenseFeatures& features) const {
  alignas(64) std::array<float, kUnits> units;
  Activate(*this, features.data(), units.data());
  std::array<float, 4> sums = {};  // four chains, which a processor adds side by side
  for (int unit = 0; unit < kUnits; unit += 4) {
    for (int i = 0; i < 4; ++i) sums[i] += std::max(units[unit + i], 0.0f) * output[unit + i];
  }
  return sums[0] + sums[1] + (sums[2] + sums[3]);
}

}  // namespace edirae::recommend::mastery
