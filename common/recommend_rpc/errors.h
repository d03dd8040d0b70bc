#ifndef EDIRAE_COMMON_RECOMMEND_RPC_ERRORS_H_
#define EDIRAE_COMMON_RECOMMEND_RPC_ERRORS_H_

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

// How a replica of recommend sends a caller on to the one that has a learner's partition.
namespace edirae {

inline constexpr char kOtherReplica[] = "OTHER_REPLICA";
inline constexpr char kOwnerKey[] = "owner";  // in the metadata; none while the partition changes hands

// UNAVAILABLE with that reason. `owner` is the ordinal of the replica that has the partition, or below 0.
inline absl::Status OtherReplica(int partition, int owner) {
  ErrorMetadata metadata = {{"partition", absl::StrCat(partition)}};
  if (owner >= 0) metadata[kOwnerKey] = absl::StrCat(owner);
  return MakeError(absl::StatusCode::kUnavailable, kOtherReplica, "another replica has the learner's partition",
                   std::move(metadata));
}

// The ordinal that such a refusal names; nothing when it names none.
inline std::optional<size_t> OwnerOf(const errors::v1::ErrorInfo& refusal) {
  const auto named = refusal.metadata().find(kOwnerKey);
  size_t owner = 0;
  if (named == refusal.metadata().end() || !absl::SimpleAtoi(named->second, &owner)) return std::nullopt;
  return owner;
}

}  // namespace edirae

#endif  // EDIRAE_COMMON_RECOMMEND_RPC_ERRORS_H_
