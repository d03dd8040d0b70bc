#ifndef EDIRAE_SERVICES_RECOMMEND_LIMITS_H_
#define EDIRAE_SERVICES_RECOMMEND_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

// Every bound of the recommend service.
namespace edirae::recommend::limits {

// Suggestions (contract of recommend/v1).
inline constexpr int kDefaultSuggestions = 3;
inline constexpr int kMaxSuggestions = 10;
inline constexpr int kMaxResources = 3;             // of one suggestion
inline constexpr size_t kMaxHelpfulResources = 16;  // of one concept, to choose from
inline constexpr int kMaxHypotheticalAnswers = 20;
inline constexpr int kMaxHypotheticalHours = 8760;
inline constexpr int kMinSessionMinutes = 5;
inline constexpr int kMaxSessionMinutes = 240;
inline constexpr int kDefaultSessionMinutes = 25;
inline constexpr int kMaxGoalConcepts = 1000;
inline constexpr double kMinHoursPerWeek = 1;
inline constexpr double kMaxHoursPerWeek = 100;  // as of goals
inline constexpr int kMaxTrackWeeks = 520;
inline constexpr int kFirstYear = 2000;  // of days that callers name
inline constexpr int kLastYear = 9999;
inline constexpr int kMaxGoalYears = 10;  // from the day on which it is set to its date
inline constexpr int kMaxPins = 64;
inline constexpr size_t kMaxTrackChanges = 64;       // told of two tracks
inline constexpr size_t kMaxKeptWishBytes = 65'536;  // of a goal, and as many of pins

// One learner's state.
inline constexpr size_t kMaxSeenItems = 64;  // questions, and as many cards, remembered of one concept
inline constexpr size_t kMaxEvidence = 8;    // events remembered of one concept
inline constexpr size_t kMaxOpenedResources = 256;
inline constexpr size_t kMaxMilestones = 1024;  // of one learner; further ones are taken for not handed in
inline constexpr int64_t kRepeatMs = int64_t{12} * 60 * 60 * 1000;  // in which progress counts a question once

// Memory of flashcards and of mastered concepts.
inline constexpr int kMinRetentionPermille =
    700;  // that a learner may ask for: the chance of recall when a review is due
inline constexpr int kMaxRetentionPermille = 970;
inline constexpr uint16_t kDefaultRetentionPermille = 900;
inline constexpr double kMinRetention = kMinRetentionPermille / 1000.0;
inline constexpr double kMaxRetention = kMaxRetentionPermille / 1000.0;
inline constexpr double kDefaultRetention = kDefaultRetentionPermille / 1000.0;
inline constexpr int kMaxReviewIntervalDays = 36'500;
inline constexpr int64_t kMaxReviewMs = 253'402'300'799'999;  // Unix milliseconds: the end of the year 9999

// States in memory.
inline constexpr size_t kMaxLiveLearners =
    25'000;  // some 20 KB each after 24 concepts; past it the least recently used that is saved leaves
inline constexpr size_t kMaxWaitingLoads = 10'000;  // cold learners waiting for the loader; then RESOURCE_EXHAUSTED

// Who is who.
inline constexpr size_t kMaxKnownLearners =
    100'000;  // whose pseudonym is remembered; past it the least recently used leaves
inline constexpr absl::Duration kUnprovenPseudonym =
    absl::Seconds(5);  // until one without a history is asked for again

// Offers on their way out.
inline constexpr size_t kMaxWaitingOffers = 10'000;                 // further ones are dropped
inline constexpr size_t kOfferBatch = 1024;                         // published at once
inline constexpr absl::Duration kOfferDrain = absl::Seconds(30);    // for those under way at an erasure
inline constexpr absl::Duration kOfferLife = absl::Hours(30 * 24);  // in their stream
inline constexpr int64_t kOfferStreamBytes = int64_t{256} << 20;    // a full stream drops what is new
inline constexpr size_t kMaxRememberedErasures = 1000;              // whose offers were swept

// Events on their way in.
inline constexpr size_t kFetchBatch = 2048;
// After a fetch of so many, when so many come a second, the next one is this much later:
inline constexpr size_t kBusyFetch = 64;
inline constexpr double kBusyRate = 4000;
inline constexpr absl::Duration kBusyPause = absl::Milliseconds(20);
inline constexpr size_t kMaxHeldPerLearner = 256;  // events that wait for an earlier one
inline constexpr size_t kMaxHeldEvents = 4096;     // of all learners
// Then the consumer waits. Of an event some 90 bytes are kept.
inline constexpr size_t kMaxUnsavedStates = 65'536;
inline constexpr size_t kMaxUnsavedEvents = 524'288;
// Between checkpoints, while there is room: so many times as long as the last one took, in these bounds. What came
// meanwhile a crash makes it apply again.
inline constexpr int kCheckpointRest = 40;
inline constexpr absl::Duration kCheckpointPause = absl::Seconds(1);
inline constexpr absl::Duration kMaxCheckpointPause = absl::Seconds(10);
inline constexpr absl::Duration kNoRoomDelay = absl::Seconds(2);  // before an event comes again that found no room
inline constexpr absl::Duration kLagMeasure = absl::Seconds(5);
inline constexpr absl::Duration kFetchWait = absl::Milliseconds(100);
inline constexpr absl::Duration kRetryPause = absl::Milliseconds(250);  // bus or stream not there, checkpoint failed

// Replicas that share the partitions.
inline constexpr int kMaxReplicas = 64;  // each has a partition at least
inline constexpr absl::Duration kClaimRenewal = absl::Seconds(1);
inline constexpr absl::Duration kClaimLife = absl::Seconds(10);  // without a renewal; then others may claim it
inline constexpr absl::Duration kReaderLife = absl::Minutes(2);  // of a consumer that nobody reads any more
inline constexpr size_t kSaveBytes = 16 << 20;                   // of states in one statement

// Gaps.
inline constexpr absl::Duration kGapPatience = absl::Seconds(2);  // before progress is asked
inline constexpr absl::Duration kGapRetry = absl::Seconds(5);     // before it is asked again for the same learner
inline constexpr absl::Duration kHistoryDeadline = absl::Seconds(5);
inline constexpr int kHistoryPage = 1000;
inline constexpr size_t kMaxHistoryReads = 8;          // under way at once
inline constexpr size_t kMaxWaitingCatchUps = 10'000;  // learners without a checkpoint, not yet asked about

// A ledger that is behind the states, because it was restored from a backup.
inline constexpr size_t kMaxDoubted = 1024;  // learners to be compared with it, because the bus repeated their events
// For how long it has to lack what a state has, until it counts as restored: of who was erased the word is on its way.
inline constexpr absl::Duration kAheadPatience = absl::Seconds(10);
inline constexpr size_t kMaxAhead = 10'000;  // learners counted as ahead of it

// Watching.
inline constexpr size_t kMaxWatchers = 20'000;
inline constexpr size_t kMaxWatchersPerLearner = 16;
inline constexpr absl::Duration kHeartbeat = absl::Seconds(10);
inline constexpr absl::Duration kWatchTick = absl::Milliseconds(500);  // between looks for heartbeats to send
inline constexpr absl::Duration kMaxWatch = absl::Minutes(30);

// The mastery model.
inline constexpr int kMaxConceptsOfItem = 8;              // of more, those with the smallest keys count
inline constexpr size_t kMaxConceptsPerLearner = 16'384;  // further ones are taken for new each time
inline constexpr size_t kMaxItemsPerLearner = 12'288;     // then old histories are forgotten
inline constexpr size_t kMaxKnownItems = 500'000;         // further ones stay at the average, as do concepts
inline constexpr size_t kMaxKnownConcepts = 50'000;
inline constexpr int64_t kHiddenPauseSeconds =
    600;  // a pause as short tells how long an answer took: the model is blind to it

// Files of answers that models are made from and judged by. Concepts of all answers have 32-bit places.
inline constexpr size_t kMaxRecordedResponses = 100'000'000;
inline constexpr size_t kMaxWeightsBytes = 1'000'000'000;  // of a file of the mastery model
inline constexpr float kMaxWeight = 1e4f;                  // in it
inline constexpr size_t kMaxLineBytes = 64 * 1024;

}  // namespace edirae::recommend::limits

#endif  // EDIRAE_SERVICES_RECOMMEND_LIMITS_H_
