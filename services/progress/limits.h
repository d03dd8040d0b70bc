#ifndef EDIRAE_SERVICES_PROGRESS_LIMITS_H_
#define EDIRAE_SERVICES_PROGRESS_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

// Every bound of progress. Where a caller can meet one, the proto says so.
namespace edirae::progress::limits {

// Requests.
inline constexpr int kMaxActionsPerRequest = 256;
inline constexpr size_t kMaxReviewFeedbackBytes = 4000;
inline constexpr int kMaxResponseMilliseconds = 24 * 60 * 60 * 1000;
inline constexpr int kMaxGoalConcepts = 64;
inline constexpr int kMaxWeeklyHours = 100;
inline constexpr int kMaxGoalYears = 10;
inline constexpr int kMaxPins = 64;
inline constexpr int kMinRetentionPermille = 700;  // that a learner may ask for
inline constexpr int kMaxRetentionPermille = 970;
inline constexpr int kMaxNamedConcepts = 256;  // of declared prior knowledge, and of a placement
inline constexpr int kMaxStars = 5;
inline constexpr size_t kMaxReplyTextBytes = 800;  // of a short text
inline constexpr int kDefaultPageSize = 100;       // the most that a page holds is in common/rpc/limits.h
inline constexpr size_t kMaxPageBytes = 1024 * 1024;
inline constexpr int kMaxListedScan = 10'000;   // events looked at for one page of a filtered list
inline constexpr int kMaxTriedConcepts = 1000;  // criteria on trial at once
inline constexpr int kMaxTriedGates = 100;
inline constexpr int64_t kMaxDifferences = 1000;  // listed of a verification; all are counted
inline constexpr int kMaxEventTypes = 32;         // that a filtered list can name
inline constexpr absl::Duration kMaxOccurAhead = absl::Minutes(5);
inline constexpr absl::Duration kMaxOccurAge = absl::Hours(24 * 30);
inline constexpr int kStreamBatchesInFlight = 16;  // of one RecordEventsStream; the next is not read before one is done
inline constexpr int kMaxStreamRefusals = 100;     // listed in the answer
inline constexpr absl::Duration kStreamBatchDeadline = absl::Seconds(30);  // for one batch to be recorded

// The writer.
inline constexpr size_t kMaxQueuedActions = 8192;    // waiting for the writer; past it RESOURCE_EXHAUSTED
inline constexpr size_t kMaxBatchActions = 512;      // of one transaction, unless one request alone has more
inline constexpr int kMaxConflictRetries = 10;       // of one transaction whose learner states were stale
inline constexpr size_t kMaxUnansweredCommits = 16;  // whose callers are being answered; past it commits wait
inline constexpr int kConflictsBeforeReload = 3;     // of a shared ledger, after which states are not trusted any more

// The look at the store that readiness follows.
inline constexpr absl::Duration kProbeRest =
    absl::Seconds(1);  // after an event was recorded, nothing is written for it

// The index of the ledger.
inline constexpr size_t kIndexTail = 65'536;         // events kept in memory before they move to the files together
inline constexpr size_t kMaxIndexTail = 4 * 65'536;  // past it nothing is recorded until the files have followed
inline constexpr absl::Duration kIndexPatience = absl::Seconds(1);  // how long a commit waits for that
inline constexpr absl::Duration kIndexRetryPause = absl::Milliseconds(500);
inline constexpr int64_t kIndexingWorthALine = 200'000;  // with so many missing, the log says what a start waits for
inline constexpr size_t kIndexCacheBytes = 32 << 20;
inline constexpr size_t kIndexMemo = 16'384;  // answers of the files that are remembered, of each kind
inline constexpr int kMaxIndexFiles = 256;    // open at a time

inline constexpr size_t kOutboxPseudonyms = 100'000;  // of learners, remembered for what goes to the bus
inline constexpr size_t kMaxFreshKeys = 100'000;      // of learners without an event; past it they get others

// Erasures.
inline constexpr int kErasuresAtOnce = 16;          // that the relay looks at together
inline constexpr int kErasuresLookedPast = 10'000;  // unfinished, when a stream is compared with the ledger
inline constexpr int kErasedMessagesPerRound = 32;  // of the stream, looked at or overwritten between two rounds
inline constexpr size_t kMaxQueuedErasures = 64;    // waiting; past it RESOURCE_EXHAUSTED
inline constexpr int kErasurePage = 10'000;         // positions of one learner read at once

// Erasures by age.
inline constexpr int kMinInactiveDays = 30;  // before which nobody is erased
inline constexpr int kMaxInactiveDays = 36'500;
inline constexpr int kRetentionPage = 256;  // learners looked at together; what is left of the erased is wiped once
inline constexpr absl::Duration kRetentionFirst = absl::Hours(1);          // from the start to the first look
inline constexpr absl::Duration kRetentionInterval = absl::Hours(24);      // between looks
inline constexpr absl::Duration kRetentionPause = absl::Milliseconds(50);  // between two erasures

// Exports.
inline constexpr size_t kMaxExportPartBytes = 256 * 1024;  // of events; as JSON they take some times more
inline constexpr int kExportAttempts = 5;                  // to record that one was taken, when replicas are busy

// Learner states.
inline constexpr size_t kEvidenceWindow = 64;  // newest answers kept of a concept; the largest window of a criterion
inline constexpr int64_t kRepeatSeconds = int64_t{12} * 60 * 60;  // a question counts once in this time
inline constexpr size_t kMaxOpenHints = 64;      // unanswered questions of a learner of which hints were shown
inline constexpr size_t kMaxQueuedTravels = 64;  // waiting reads of the past; past it RESOURCE_EXHAUSTED
inline constexpr size_t kMaxQueuedReads = 8192;  // waiting for the reader thread; past it RESOURCE_EXHAUSTED
inline constexpr int kFoldPage = 1000;           // events read at once when a cold learner is folded
inline constexpr size_t kRenderedRoadmaps = 4;   // ready-made answers kept of a learner state
inline constexpr int kMinCachedLearners = 64;
inline constexpr int kMaxCachedLearners = 10'000'000;

inline constexpr size_t kMaxFastAnswers = 256;   // answers of a learner in kRepeatSeconds that are too fast to count
inline constexpr size_t kRetainedRevisions = 4;  // of the catalog, the newest among them

// Milestones.
inline constexpr size_t kMaxDoneSteps = 64;  // remembered of one milestone
inline constexpr int kMaxEvidenceLinks = 10;
inline constexpr size_t kMaxUrlBytes = 2048;
inline constexpr size_t kMaxNotesBytes = 4000;
inline constexpr int kMaxOpenSubmissions = 16;  // of one learner
inline constexpr int kMaxAttempts = 50;         // of one milestone
inline constexpr int kMaxReviews = 3;           // of one submission: the third decides
inline constexpr absl::Duration kClaimTime = absl::Minutes(30);
inline constexpr int kMaxQueueScan = 10'000;                            // entries looked at for one page
inline constexpr size_t kClosedSubmissions = 65'536;                    // of which a retry still finds its answer
inline constexpr absl::Duration kQueuePause = absl::Milliseconds(500);  // between looks at a shared ledger
inline constexpr absl::Duration kQueuePatience = absl::Seconds(2);      // of who needs all that mentors did so far
inline constexpr int kNearThresholdPercent = 10;  // of the most points: nearer to those needed, two mentors look

// The outbox relay.
inline constexpr size_t kRelayWindow = 2048;  // events published and not acknowledged
inline constexpr size_t kRelayGroup = 128;    // events that share one acknowledgement
// With so many unacknowledged, when so many come a second, rounds are this far apart:
inline constexpr size_t kRelayBusyWindow = 64;
inline constexpr double kRelayBusyRate = 4000;
inline constexpr absl::Duration kRelayBusyPause = absl::Milliseconds(20);
inline constexpr absl::Duration kRelayBacklogPause = absl::Milliseconds(10);  // instead, when the window is full
inline constexpr int kRelayReadPage = 512;  // rows read at once
inline constexpr size_t kRelayMaxUnsavedRuns = 1024;
inline constexpr absl::Duration kRelaySaveInterval = absl::Milliseconds(250);  // between writes of the cursor
inline constexpr absl::Duration kRelayCheckInterval = absl::Seconds(3);        // between looks at the stream
inline constexpr absl::Duration kRelayPoll = absl::Seconds(1);                 // longest sleep without any news
inline constexpr absl::Duration kRelaySharedPoll = absl::Milliseconds(20);     // the same when others record, too
inline constexpr absl::Duration kRelayRetryPause = absl::Milliseconds(200);    // after a failure
inline constexpr absl::Duration kRelayAckTimeout = absl::Seconds(5);
inline constexpr uint64_t kStreamSample = 16;           // messages of others looked past to find one of progress
inline constexpr int64_t kStreamSearchEvents = 65'536;  // of the ledger, searched for a message of the stream
inline constexpr absl::Duration kRelayRefusedPause = absl::Seconds(2);  // after what only an operator can mend
inline constexpr absl::Duration kRelayStopWait = absl::Seconds(1);      // for what is under way
inline constexpr int64_t kStreamMaxBytes = int64_t{1} << 30;  // a full stream refuses; a full disk wedges nats-server
inline constexpr absl::Duration kStreamMaxAge = absl::Hours(24 * 7);
inline constexpr int kMaxStreamDays = 3650;

}  // namespace edirae::progress::limits

#endif  // EDIRAE_SERVICES_PROGRESS_LIMITS_H_
