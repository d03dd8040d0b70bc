#ifndef EDIRAE_COMMON_POSTGRES_LIMITS_H_
#define EDIRAE_COMMON_POSTGRES_LIMITS_H_

#include "absl/time/time.h"

// How long PostgreSQL is waited for.
namespace edirae::postgres::limits {

inline constexpr absl::Duration kConnectTimeout = absl::Seconds(2);  // of one host; libpq knows no less
inline constexpr absl::Duration kLockTimeout = absl::Seconds(3);
inline constexpr absl::Duration kStatementTimeout = absl::Seconds(5);  // the server gives up
inline constexpr absl::Duration kReplyTimeout = absl::Seconds(7);      // we give up: the server does not even say so
inline constexpr absl::Duration kTcpUserTimeout = absl::Seconds(5);    // for the network to take what was sent

// Between attempts to connect: doubled from the first to the longest, and a random part of it.
inline constexpr absl::Duration kFirstPause = absl::Milliseconds(20);
inline constexpr absl::Duration kLongestPause = absl::Seconds(1);

inline constexpr absl::Duration kMigrationTurn = absl::Minutes(1);       // for others' migrations to end
inline constexpr absl::Duration kMigrationPatience = absl::Minutes(30);  // for our own

}  // namespace edirae::postgres::limits

#endif  // EDIRAE_COMMON_POSTGRES_LIMITS_H_
