#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STREAM_CHECK_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STREAM_CHECK_H_

#include "absl/status/status.h"
#include "services/progress/adapters/event_stream.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// Whether the ledger knows what a stream, of this state, holds beyond the relay's cursor. A relay that was killed left
// a few events there that it had not noted; a ledger that was restored from a backup, or is another one, lacks them,
// and whatever it published next would repeat places in learners' histories that consumers have seen filled otherwise.
// Looks at the oldest and the newest message of progress there.
//
// Errors: FAILED_PRECONDITION, with the remedy, when the ledger lacks one of them; those of the stream and of the store
// when they cannot be read.
absl::Status CheckLedgerKnowsStream(EventStream& stream, const nats::StreamState& state, EventStore& store,
                                    const RelayCursor& cursor);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STREAM_CHECK_H_
