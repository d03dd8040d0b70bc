#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_EVENT_CHECKSUM_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_EVENT_CHECKSUM_H_

#include <cstdint>
#include <string>

#include "services/progress/domain/event_store.h"
#include "xxhash.h"

namespace edirae::progress {

// A digest of everything that a row of the ledger says: XXH64 (seed 0) of position, place in the history and digest of
// the request, as 8 bytes each in the machine's order; then XXH64 of learner id, request id, payload and outcome in
// turn, each with the value before as its seed. Finds what was damaged; no protection against somebody who can compute
// it too.
inline uint64_t EventChecksum(const NewEvent& event, int64_t position) {
  const uint64_t numbers[] = {static_cast<uint64_t>(position), static_cast<uint64_t>(event.learner_seq),
                              event.request_digest};
  uint64_t checksum = XXH64(numbers, sizeof(numbers), 0);
  for (const std::string* part : {&event.learner_id, &event.request_id, &event.payload, &event.outcome}) {
    checksum = XXH64(part->data(), part->size(), checksum);
  }
  return checksum;
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_EVENT_CHECKSUM_H_
