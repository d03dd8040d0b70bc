#ifndef EDIRAE_GATEWAY_LIMITS_H_
#define EDIRAE_GATEWAY_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

// Every bound of the gateway. Those of the transport and of lists are in common/rpc/limits.h.
namespace edirae::gateway::limits {

inline constexpr size_t kMaxRequestBytes = 64 * 1024;  // of one serialized request
inline constexpr size_t kMaxEndBytes = 64;             // of the last part of a publication

inline constexpr size_t kMinSecretBytes = 32;                          // of the secret that signs tokens
inline constexpr size_t kMaxTokenBytes = 1024;                         // of one token
inline constexpr absl::Duration kMaxTokenLife = absl::Hours(31 * 24);  // from now to a token's expiry
inline constexpr absl::Duration kMaxClockSkew = absl::Seconds(30);     // of whoever makes tokens, ahead of us
inline constexpr size_t kTokenCacheGeneration = 8192;  // verified tokens of one generation; two are kept

inline constexpr int kMaxCalls = 4000;          // unanswered calls in all; a mux stream carries 4096
inline constexpr int kMaxCallsPerLearner = 64;  // unanswered calls of one learner
// Watchers in all: each takes a stream to recommend, whose connections carry 1024 with the mux stream among them.
inline constexpr int kMaxWatchers = 1000;
inline constexpr int kMaxWatchersPerLearner = 8;

inline constexpr size_t kKnownReplicasGeneration = 50'000;  // learners whose replica is remembered; two are kept
inline constexpr int kReplicaTries = 3;                     // of one call, each at another replica

inline constexpr absl::Duration kNextStepsPatience = absl::Seconds(1);  // then a home goes out without next steps
inline constexpr absl::Duration kProgressTimeout = absl::Seconds(5);    // of a look-up on behalf of a watcher
// How long a watch waits for a progress that knows less than it said before; then it is another history, after an
// erasure or from a backup.
inline constexpr absl::Duration kBehindPatience = absl::Seconds(3);
inline constexpr absl::Duration kHeartbeat = absl::Seconds(10);  // of a watch that has nothing to say
inline constexpr absl::Duration kMaxWatchAge = absl::Minutes(30);
inline constexpr absl::Duration kFirstBackoff = absl::Milliseconds(50);  // before something that failed is tried again
inline constexpr absl::Duration kMaxBackoff = absl::Seconds(2);

inline constexpr absl::Duration kReadinessPeriod = absl::Milliseconds(500);  // between looks at the dependencies
inline constexpr absl::Duration kReadinessTimeout = absl::Seconds(1);        // of one look
inline constexpr int kReadinessMisses = 3;  // looks in a row, after which a service counts as not ready
inline constexpr absl::Duration kStartPatience =
    absl::Seconds(10);  // how long a start waits for recommend; then homes go without it

}  // namespace edirae::gateway::limits

#endif  // EDIRAE_GATEWAY_LIMITS_H_
