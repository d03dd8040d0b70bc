#ifndef EDIRAE_SERVICES_RECOMMEND_TESTING_OWNS_ALL_H_
#define EDIRAE_SERVICES_RECOMMEND_TESTING_OWNS_ALL_H_

#include "services/recommend/adapters/owned_partitions.h"

namespace edirae::recommend::testing {

// Of a process that has claimed everything.
inline const OwnedPartitions& OwnsAll() {
  static const OwnedPartitions* const all = [] {
    auto* owned = new OwnedPartitions();
    for (int partition = 0; partition < kPartitions; ++partition) owned->Take(partition, 1);
    return owned;
  }();
  return *all;
}

}  // namespace edirae::recommend::testing

#endif  // EDIRAE_SERVICES_RECOMMEND_TESTING_OWNS_ALL_H_
