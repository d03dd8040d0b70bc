#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_TIMESTAMPS_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_TIMESTAMPS_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace edirae::progress {

inline google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp proto;
  const int64_t seconds = absl::ToUnixSeconds(time);
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int32_t>((time - absl::FromUnixSeconds(seconds)) / absl::Nanoseconds(1)));
  return proto;
}

// Whether it has the form that its type promises: of the years 1 to 9999, the fraction not negative.
inline bool IsValid(const google::protobuf::Timestamp& proto) {
  constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
  constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z
  return proto.seconds() >= kFirstSecond && proto.seconds() <= kLastSecond && proto.nanos() >= 0 &&
         proto.nanos() < 1'000'000'000;
}

inline absl::Time FromProto(const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) + absl::Nanoseconds(proto.nanos());
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_TIMESTAMPS_H_
