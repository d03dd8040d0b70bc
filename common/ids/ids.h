#ifndef EDIRAE_COMMON_IDS_IDS_H_
#define EDIRAE_COMMON_IDS_IDS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace edirae {

// Number of partitions; fixed for ever, because events carry it.
inline constexpr int kPartitions = 64;

// xxh64(key) % 64: the partition of everything that belongs to `key`. Never changes.
int PartitionOf(absl::string_view key);

// Whether `id` is 1 to 64 characters of [A-Za-z0-9_-]: learner ids, request ids.
bool IsOpaqueId(absl::string_view id);

// Whether `id` is [a-z][a-z0-9-]{0,62}: ids that authors give.
bool IsSlug(absl::string_view id);

// Whether `id` is a slug, or two with a dot between them: ids of questions, flashcards and resources.
bool IsItemId(absl::string_view id);

// INVALID_ARGUMENT with reason MALFORMED_ID that names `field`, unless `id` is well formed. Says so when it is missing.
absl::Status CheckOpaqueId(absl::string_view field, absl::string_view id);
absl::Status CheckSlug(absl::string_view field, absl::string_view id);
absl::Status CheckItemId(absl::string_view field, absl::string_view id);

// A version 7 UUID (RFC 9562), lower case: ordered by `now` to the millisecond, 74 random bits. Thread-safe.
std::string NewUuid7(absl::Time now);

// 64 random bits from the operating system's generator by way of a generator of this thread.
uint64_t Random64();

}  // namespace edirae

#endif  // EDIRAE_COMMON_IDS_IDS_H_
