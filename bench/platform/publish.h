#ifndef EDIRAE_BENCH_PLATFORM_PUBLISH_H_
#define EDIRAE_BENCH_PLATFORM_PUBLISH_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "tests/platform/platform.h"

namespace edirae::bench {

// A revision that was published.
struct Published {
  int64_t revision = 0;
  absl::Time publish_time;  // as the revision says
  absl::Duration took;      // from the first part sent to the acknowledgement
};

// Publishes content behind revision `head` as an author does: through the gateway, in parts. INTERNAL when the content
// has findings; errors of the call.
absl::StatusOr<Published> Publish(const testing::Platform& platform, const catalog::v1::RevisionContent& content,
                                  int64_t head);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_PLATFORM_PUBLISH_H_
