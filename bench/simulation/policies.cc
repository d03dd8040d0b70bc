#include "bench/simulation/policies.h"

namespace edirae::simulation {

const std::vector<PolicyKind>& PolicyKinds() {
  static const auto* const kinds = [] {
    auto* const all = new std::vector<PolicyKind>(Baselines());
    all->push_back(Ours());
    return all;
  }();
  return *kinds;
}

}  // namespace edirae::simulation
