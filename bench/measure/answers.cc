#include "absl/strings/str_cat.h"
#include "bench/load/connection.h"
#include "bench/measure/compare.h"
#include "bench/measure/measurements.h"
#include "bench/platform/loads.h"
#include "common/status/macros.h"
#include "edirae/progress/v1/progress_service.pb.h"

namespace edirae::bench {
namespace {

constexpr int kAnswersOfHistory = 12;  // of each learner
constexpr double kWorstAnswerP99Millis = 15;
constexpr char kPrefix[] = "durable";
constexpr char kListLearnerEvents[] = "/edirae.progress.v1.ProgressService/ListLearnerEvents";

// Answers in the learner's ledger whose request id starts with the prefix.
absl::StatusOr<int64_t> CountRecorded(const Classroom& classroom, const std::shared_ptr<grpc::Channel>& channel,
                                      const Learner& learner) {
  const std::string authorization = "Bearer " + classroom.platform().service_token();
  progress::v1::ListLearnerEventsRequest request;
  request.set_learner_id(learner.id);
  request.set_page_size(1000);
  int64_t count = 0;
  do {
    EDIRAE_ASSIGN_OR_RETURN(const auto page, Ask<progress::v1::ListLearnerEventsResponse>(channel, kListLearnerEvents,
                                                                                          request, authorization));
    for (const auto& event : page.events()) {
      if (event.has_question_answered() && event.request_id().rfind(kPrefix, 0) == 0) ++count;
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return count;
}

// DATA_LOSS unless the ledger holds exactly the answers that were acknowledged.
absl::Status CheckLedger(const Conditions& conditions, const Classroom& classroom, int64_t acknowledged) {
  const auto channel = NewConnection(classroom.platform().progress().address());
  int64_t recorded = 0;
  for (const Learner& learner : classroom.learners()) {
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
    EDIRAE_ASSIGN_OR_RETURN(const int64_t count, CountRecorded(classroom, channel, learner));
    recorded += count;
  }
  if (recorded == acknowledged) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the ledger holds ", recorded, " answers, acknowledged were ", acknowledged));
}

}  // namespace

absl::Status GiveHistory(const Conditions& conditions, const Classroom& classroom) {
  conditions.progress.Show(absl::StrCat("a history for ", classroom.learners().size(), " learners"));
  const auto answers = static_cast<int64_t>(classroom.learners().size()) * kAnswersOfHistory;
  Load load = AnswerLoad(classroom, "history", conditions.concurrency, answers / conditions.concurrency);
  load.concurrency = conditions.concurrency;
  load.window = absl::Minutes(5);
  return RunLoad(load, conditions.interrupt).status();
}

absl::Status MeasureDurableAnswer(const Conditions& conditions, const Classroom& classroom, Results& results) {
  const Load samples = AnswerLoad(classroom, "sample", conditions.concurrency, 0);
  EDIRAE_ASSIGN_OR_RETURN(const int bytes, ResponseBytes(classroom, samples));
  const Load load = AnswerLoad(classroom, kPrefix, conditions.concurrency, 0);
  EDIRAE_ASSIGN_OR_RETURN(const Comparison found, CompareWithEcho(conditions, "durable_answer", bytes, load));
  EDIRAE_RETURN_IF_ERROR(CheckLedger(conditions, classroom, found.subject.completed));
  results.push_back({.name = "durable_answer",
                     .value = found.subject.per_second,
                     .unit = "answers/s",
                     .limit = found.echo_per_second,
                     .least = 0.25});
  results.push_back({.name = "durable_answer_p99_ms",
                     .value = absl::ToDoubleMilliseconds(found.subject.latencies.Quantile(0.99)),
                     .unit = "ms",
                     .limit = kWorstAnswerP99Millis,
                     .most = 1});
  return absl::OkStatus();
}

}  // namespace edirae::bench
