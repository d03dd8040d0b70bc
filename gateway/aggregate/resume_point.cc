#include "gateway/aggregate/resume_point.h"

#include <xxhash.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gateway/errors.h"

namespace edirae::gateway {
namespace {

constexpr size_t kDigits = 16;  // of one number

// '/' is in neither id.
uint64_t OwnerOf(absl::string_view learner_id, absl::string_view roadmap_id) {
  const std::string owner = absl::StrCat(learner_id, "/", roadmap_id);
  return XXH64(owner.data(), owner.size(), 0);
}

}  // namespace

std::string ToToken(const ResumePoint& point, absl::string_view learner_id, absl::string_view roadmap_id) {
  return absl::StrFormat("%016x%016x%016x", OwnerOf(learner_id, roadmap_id), static_cast<uint64_t>(point.as_of_seq),
                         point.fingerprint);
}

absl::StatusOr<ResumePoint> FromToken(absl::string_view token, absl::string_view learner_id,
                                      absl::string_view roadmap_id) {
  if (token.empty()) return ResumePoint();
  if (token.size() != 3 * kDigits) return ResumeTokenInvalid();
  uint64_t as_of_seq = 0;
  ResumePoint point;
  if (!absl::SimpleHexAtoi(token.substr(kDigits, kDigits), &as_of_seq) ||
      !absl::SimpleHexAtoi(token.substr(2 * kDigits), &point.fingerprint)) {
    return ResumeTokenInvalid();
  }
  point.as_of_seq = static_cast<int64_t>(as_of_seq);
  if (token != ToToken(point, learner_id, roadmap_id)) return ResumeTokenInvalid();
  return point;
}

}  // namespace edirae::gateway
