#ifndef EDIRAE_COMMON_TESTING_EVENTUALLY_H_
#define EDIRAE_COMMON_TESTING_EVENTUALLY_H_

#include <functional>

#include "absl/time/time.h"

namespace edirae::testing {

// Asks `predicate` again and again (every 2 ms) until it says true, which is returned at once, or `timeout` has passed:
// false.
//   EXPECT_TRUE(Eventually([&] { return store.size() == 3; }));
[[nodiscard]] bool Eventually(const std::function<bool()>& predicate, absl::Duration timeout = absl::Seconds(10));

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_EVENTUALLY_H_
