#ifndef EDIRAE_COMMON_RPC_LIMITS_H_
#define EDIRAE_COMMON_RPC_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

// Every bound of the transport between clients and services.
namespace edirae::rpc::limits {

inline constexpr int kMaxReceiveBytes = 4 * 1024 * 1024;               // of one message; gRPC clients' default too
inline constexpr int kMaxMetadataBytes = 8 * 1024;                     // of one call
inline constexpr int kMaxStreamsPerConnection = 1024;                  // concurrent calls
inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(10);  // for a caller that gives none
inline constexpr absl::Duration kMaxDeadline = absl::Seconds(60);      // for a caller that gives a longer one
inline constexpr absl::Duration kKeepAlive = absl::Seconds(20);        // between pings of an idle connection
inline constexpr absl::Duration kMaxConnectionAge = absl::Minutes(30);
inline constexpr absl::Duration kMaxConnectionAgeGrace = absl::Minutes(1);

inline constexpr absl::Duration kDrainLook = absl::Milliseconds(10);     // between looks for calls still under way
inline constexpr absl::Duration kLastAnswers = absl::Milliseconds(100);  // for given answers to reach the network

inline constexpr int kDefaultPageSize = 50;  // items of a list
inline constexpr int kMaxPageSize = 1000;
inline constexpr size_t kMaxPageBytes = 1024 * 1024;  // a page ends early, with one item at least
inline constexpr size_t kMaxPageTokenBytes = 512;

inline constexpr size_t kMaxUnanswered = 4096;                            // calls of one service to another
inline constexpr absl::Duration kDeadlineSweep = absl::Milliseconds(20);  // between looks for those past their deadline

inline constexpr int kMuxMaxBatch = 512;                  // calls or replies of one message
inline constexpr size_t kMuxMaxBatchBytes = 1024 * 1024;  // a batch is closed when it has grown past this
inline constexpr absl::Duration kMuxFirstBackoff = absl::Milliseconds(50);
inline constexpr absl::Duration kMuxMaxBackoff = absl::Seconds(2);

}  // namespace edirae::rpc::limits

#endif  // EDIRAE_COMMON_RPC_LIMITS_H_
