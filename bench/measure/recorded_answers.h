#ifndef EDIRAE_BENCH_MEASURE_RECORDED_ANSWERS_H_
#define EDIRAE_BENCH_MEASURE_RECORDED_ANSWERS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bench/measure/conditions.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/event_store.h"

// Answers as progress records them, made without grading: for ledgers and streams that have to be large.
namespace edirae::bench {

// Learner number `number`.
std::string RecordedLearner(int64_t number);

// What the answers are about: a generated catalog of 24 concepts and 240 questions, in one roadmap.
inline constexpr char kRecordedRoadmap[] = "roadmap-0";
inline constexpr int64_t kRecordedConcepts = 24;
inline constexpr int64_t kQuestionsInTurn = 6;  // of a concept, before the next one
absl::StatusOr<catalog::v1::RevisionContent> RecordedCatalog();

// The learner's event `seq`, from 1: an answer, three of four right, concepts in turn, five minutes apart.
events::v1::LearnerEvent RecordedAnswer(const std::string& learner_id, int64_t seq);

struct RecordedClass {
  int64_t first_learner = 0;
  int64_t learners = 0;
  int64_t first_seq = 1;
  int64_t events_each = 0;
};

// Records the class's answers in `store`, turn by turn: each learner's first, each one's second, and so on. `what` is
// shown with how many there are. Errors of EventStore::Append; CANCELLED.
absl::Status RecordClass(const Conditions& conditions, const std::string& what, const RecordedClass& recorded,
                         progress::EventStore& store);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_RECORDED_ANSWERS_H_
