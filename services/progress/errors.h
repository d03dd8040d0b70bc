#ifndef EDIRAE_SERVICES_PROGRESS_ERRORS_H_
#define EDIRAE_SERVICES_PROGRESS_ERRORS_H_

// The stable causes of progress's errors, as `ErrorInfo.reason` carries them. Never rename one.
namespace edirae::progress::reason {

inline constexpr char kMissingField[] = "MISSING_FIELD";                     // INVALID_ARGUMENT
inline constexpr char kOutOfRange[] = "OUT_OF_RANGE";                        // INVALID_ARGUMENT
inline constexpr char kOccurTimeOutOfRange[] = "OCCUR_TIME_OUT_OF_RANGE";    // INVALID_ARGUMENT
inline constexpr char kWrongReply[] = "WRONG_REPLY";                         // INVALID_ARGUMENT
inline constexpr char kUnknownChoice[] = "UNKNOWN_CHOICE";                   // INVALID_ARGUMENT
inline constexpr char kNumberNotFinite[] = "NUMBER_NOT_FINITE";              // INVALID_ARGUMENT
inline constexpr char kTextTooLong[] = "TEXT_TOO_LONG";                      // INVALID_ARGUMENT
inline constexpr char kQuestionNotFound[] = "QUESTION_NOT_FOUND";            // NOT_FOUND
inline constexpr char kCardNotFound[] = "CARD_NOT_FOUND";                    // NOT_FOUND
inline constexpr char kResourceNotFound[] = "RESOURCE_NOT_FOUND";            // NOT_FOUND
inline constexpr char kMilestoneNotFound[] = "MILESTONE_NOT_FOUND";          // NOT_FOUND
inline constexpr char kOwnReview[] = "OWN_REVIEW";                           // INVALID_ARGUMENT
inline constexpr char kRoadmapNotFound[] = "ROADMAP_NOT_FOUND";              // NOT_FOUND
inline constexpr char kLearnerNotFound[] = "LEARNER_NOT_FOUND";              // NOT_FOUND
inline constexpr char kErasureNotFound[] = "ERASURE_NOT_FOUND";              // NOT_FOUND
inline constexpr char kStalePageToken[] = "STALE_PAGE_TOKEN";                // INVALID_ARGUMENT
inline constexpr char kStageNotFound[] = "STAGE_NOT_FOUND";                  // NOT_FOUND
inline constexpr char kRequestIdReused[] = "REQUEST_ID_REUSED";              // ALREADY_EXISTS
inline constexpr char kStageLocked[] = "STAGE_LOCKED";                       // FAILED_PRECONDITION
inline constexpr char kNoMoreHints[] = "NO_MORE_HINTS";                      // FAILED_PRECONDITION
inline constexpr char kTooManyOpenHints[] = "TOO_MANY_OPEN_HINTS";           // FAILED_PRECONDITION
inline constexpr char kTooManyFastAnswers[] = "TOO_MANY_FAST_ANSWERS";       // FAILED_PRECONDITION
inline constexpr char kConceptNotFound[] = "CONCEPT_NOT_FOUND";              // NOT_FOUND
inline constexpr char kLessonNotFound[] = "LESSON_NOT_FOUND";                // NOT_FOUND
inline constexpr char kCareerNotFound[] = "CAREER_NOT_FOUND";                // NOT_FOUND
inline constexpr char kStepNotFound[] = "STEP_NOT_FOUND";                    // NOT_FOUND
inline constexpr char kEvidenceNotFound[] = "EVIDENCE_NOT_FOUND";            // NOT_FOUND
inline constexpr char kSubmissionNotFound[] = "SUBMISSION_NOT_FOUND";        // NOT_FOUND
inline constexpr char kAlreadyEnrolled[] = "ALREADY_ENROLLED";               // FAILED_PRECONDITION
inline constexpr char kBadUrl[] = "BAD_URL";                                 // INVALID_ARGUMENT
inline constexpr char kSubmissionOpen[] = "SUBMISSION_OPEN";                 // FAILED_PRECONDITION
inline constexpr char kNoOpenSubmission[] = "NO_OPEN_SUBMISSION";            // FAILED_PRECONDITION
inline constexpr char kMilestoneDecided[] = "MILESTONE_DECIDED";             // FAILED_PRECONDITION
inline constexpr char kTooManySubmissions[] = "TOO_MANY_SUBMISSIONS";        // FAILED_PRECONDITION
inline constexpr char kClaimedByAnother[] = "CLAIMED_BY_ANOTHER";            // FAILED_PRECONDITION
inline constexpr char kReviewedAlready[] = "REVIEWED_ALREADY";               // FAILED_PRECONDITION
inline constexpr char kNotClaimed[] = "NOT_CLAIMED";                         // FAILED_PRECONDITION
inline constexpr char kScoresIncomplete[] = "SCORES_INCOMPLETE";             // INVALID_ARGUMENT
inline constexpr char kVerdictContradicts[] = "VERDICT_CONTRADICTS_SCORES";  // INVALID_ARGUMENT
inline constexpr char kQueueNotReady[] = "QUEUE_NOT_READY";                  // UNAVAILABLE
inline constexpr char kDecisionNotFound[] = "DECISION_NOT_FOUND";            // NOT_FOUND
inline constexpr char kNoCatalog[] = "NO_CATALOG";                           // UNAVAILABLE
inline constexpr char kStopping[] = "STOPPING";                              // UNAVAILABLE
inline constexpr char kStoreUnavailable[] = "STORE_UNAVAILABLE";             // UNAVAILABLE
inline constexpr char kStorageFull[] = "STORAGE_FULL";                       // RESOURCE_EXHAUSTED
inline constexpr char kQueueFull[] = "QUEUE_FULL";                           // RESOURCE_EXHAUSTED
inline constexpr char kDeadlinePassed[] = "DEADLINE_PASSED";                 // DEADLINE_EXCEEDED

}  // namespace edirae::progress::reason

#endif  // EDIRAE_SERVICES_PROGRESS_ERRORS_H_
