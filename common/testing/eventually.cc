#include "common/testing/eventually.h"

#include "absl/time/clock.h"

namespace edirae::testing {

bool Eventually(const std::function<bool()>& predicate, absl::Duration timeout) {
  const absl::Time deadline = absl::Now() + timeout;
  while (!predicate()) {
    if (absl::Now() > deadline) return predicate();
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

}  // namespace edirae::testing
