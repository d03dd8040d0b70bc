#ifndef EDIRAE_SERVICES_PROGRESS_ERRORS_H_
#define EDIRAE_SERVICES_PROGRESS_ERRORS_H_

// The stable causes of progress's errors, as `ErrorInfo.reason` carries them. Never rename one.
namespace edirae::progress::reason {

inline constexpr char kMissingField[] = "MISSING_FIELD";                   // INVALID_ARGUMENT
inline constexpr char kOutOfRange[] = "OUT_OF_RANGE";                      // INVALID_ARGUMENT
inline constexpr char kOccurTimeOutOfRange[] = "OCCUR_TIME_OUT_OF_RANGE";  // INVALID_ARGUMENT
inline constexpr char kWrongReply[] = "WRONG_REPLY";                       // INVALID_ARGUMENT
inline constexpr char kUnknownChoice[] = "UNKNOWN_CHOICE";                 // INVALID_ARGUMENT
inline constexpr char kNumberNotFinite[] = "NUMBER_NOT_FINITE";            // INVALID_ARGUMENT
inline constexpr char kTextTooLong[] = "TEXT_TOO_LONG";                    // INVALID_ARGUMENT
inline constexpr char kQuestionNotFound[] = "QUESTION_NOT_FOUND";          // NOT_FOUND
inline constexpr char kCardNotFound[] = "CARD_NOT_FOUND";                  // NOT_FOUND
inline constexpr char kResourceNotFound[] = "RESOURCE_NOT_FOUND";          // NOT_FOUND
inline constexpr char kMilestoneNotFound[] = "MILESTONE_NOT_FOUND";        // NOT_FOUND
inline constexpr char kOwnReview[] = "OWN_REVIEW";                         // INVALID_ARGUMENT
inline constexpr char kRoadmapNotFound[] = "ROADMAP_NOT_FOUND";            // NOT_FOUND
inline constexpr char kLearnerNotFound[] = "LEARNER_NOT_FOUND";            // NOT_FOUND
inline constexpr char kStageNotFound[] = "STAGE_NOT_FOUND";                // NOT_FOUND
inline constexpr char kRequestIdReused[] = "REQUEST_ID_REUSED";            // ALREADY_EXISTS
inline constexpr char kStageLocked[] = "STAGE_LOCKED";                     // FAILED_PRECONDITION
inline constexpr char kNoMoreHints[] = "NO_MORE_HINTS";                    // FAILED_PRECONDITION
inline constexpr char kTooManyOpenHints[] = "TOO_MANY_OPEN_HINTS";         // FAILED_PRECONDITION
inline constexpr char kNoCatalog[] = "NO_CATALOG";                         // UNAVAILABLE
inline constexpr char kStopping[] = "STOPPING";                            // UNAVAILABLE
inline constexpr char kStoreUnavailable[] = "STORE_UNAVAILABLE";           // UNAVAILABLE
inline constexpr char kStorageFull[] = "STORAGE_FULL";                     // RESOURCE_EXHAUSTED
inline constexpr char kQueueFull[] = "QUEUE_FULL";                         // RESOURCE_EXHAUSTED
inline constexpr char kDeadlinePassed[] = "DEADLINE_PASSED";               // DEADLINE_EXCEEDED

}  // namespace edirae::progress::reason

#endif  // EDIRAE_SERVICES_PROGRESS_ERRORS_H_
