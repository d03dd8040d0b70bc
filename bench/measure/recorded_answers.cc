#include "bench/measure/recorded_answers.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "common/testing/temp_folder.h"
#include "services/catalog/load_content.h"
#include "services/catalog/testing/generated_catalog.h"
#include "services/progress/domain/event_type.h"
#include "services/progress/domain/timestamps.h"

namespace edirae::bench {
namespace {

constexpr size_t kOutcomeBytes = 300;  // grade and feedback
constexpr size_t kRowsOfAppend = 512;  // as many as a transaction of progress holds
constexpr int64_t kBetweenTellings = 100'000;
constexpr int64_t kStartSeconds = 1'780'000'000;

progress::NewEvent RowOf(const events::v1::LearnerEvent& event) {
  static const std::string outcome(kOutcomeBytes, 'o');
  return {.learner_id = event.learner_id(),
          .learner_seq = event.learner_seq(),
          .payload = event.SerializeAsString(),
          .request_id = event.request_id(),
          .request_digest = static_cast<uint64_t>(event.learner_seq()) * 0x9E3779B97F4A7C15U,
          .outcome = outcome};
}

}  // namespace

std::string RecordedLearner(int64_t number) { return absl::StrFormat("learner-%07d", number); }

absl::StatusOr<catalog::v1::RevisionContent> RecordedCatalog() {
  const testing::TempFolder written;
  catalog::testing::WriteGeneratedCatalog(written.path(), {}, 1);
  return catalog::LoadGoodContent(written.path());
}

events::v1::LearnerEvent RecordedAnswer(const std::string& learner_id, int64_t seq) {
  const int64_t concept_number = (seq - 1) / kQuestionsInTurn % kRecordedConcepts;
  const absl::Time time = absl::FromUnixSeconds(kStartSeconds) + absl::Minutes(5) * seq;
  events::v1::LearnerEvent event;
  event.set_event_id(NewUuid7(time));
  event.set_learner_id(learner_id);
  event.set_learner_seq(seq);
  event.set_partition(PartitionOf(learner_id));
  *event.mutable_occur_time() = progress::ToProto(time);
  *event.mutable_record_time() = progress::ToProto(time);
  event.set_catalog_revision(1);
  event.set_request_id(absl::StrCat("recorded-", seq));
  event.set_schema_version(progress::kSchemaVersion);
  auto& answer = *event.mutable_question_answered();
  answer.add_concept_ids(absl::StrCat("concept-0-", concept_number));
  answer.set_question_id(absl::StrCat(answer.concept_ids(0), ".q", (seq - 1) % kQuestionsInTurn));
  answer.mutable_reply()->mutable_choice()->add_choice_ids(std::string(1, 'a'));
  answer.set_correct(seq % 4 != 3);
  answer.set_standing(events::v1::ANSWER_STANDING_COUNTED);
  return event;
}

absl::Status RecordClass(const Conditions& conditions, const std::string& what, const RecordedClass& recorded,
                         progress::EventStore& store) {
  std::vector<progress::NewEvent> rows;
  const int64_t all = recorded.learners * recorded.events_each;
  for (int64_t i = 0; i < all; ++i) {
    if (i % kBetweenTellings == 0) conditions.progress.Show(absl::StrCat(what, ": ", i, " of ", all, " events"));
    rows.push_back(RowOf(RecordedAnswer(RecordedLearner(recorded.first_learner + i % recorded.learners),
                                        recorded.first_seq + i / recorded.learners)));
    if (rows.size() < kRowsOfAppend && i + 1 < all) continue;
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
    EDIRAE_RETURN_IF_ERROR(store.Append(rows).status());
    rows.clear();
  }
  return absl::OkStatus();
}

}  // namespace edirae::bench
