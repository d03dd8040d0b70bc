#include <algorithm>

#include "absl/strings/str_cat.h"
#include "bench/load/connection.h"
#include "bench/measure/compare.h"
#include "bench/measure/measurements.h"
#include "bench/platform/loads.h"
#include "bench/platform/rest.h"
#include "common/status/macros.h"
#include "edirae/progress/v1/time_travel_service.pb.h"

namespace edirae::bench {
namespace {

constexpr int kAnswersOfHistory = 12;  // of each learner
constexpr double kWorstAnswerP99Millis = 15;
constexpr double kWorstProgressP99Millis = 10;
constexpr char kListEvents[] = "/edirae.progress.v1.TimeTravelService/ListEvents";

// Answers in the learner's ledger whose request id starts with `prefix`.
absl::StatusOr<int64_t> CountRecorded(const Classroom& classroom, const Learner& learner, const std::string& prefix) {
  progress::v1::ListEventsRequest request;
  request.set_page_size(1000);
  request.add_event_types("question_answered");
  int64_t count = 0;
  do {
    EDIRAE_ASSIGN_OR_RETURN(const auto page, Ask<progress::v1::ListEventsResponse>(classroom.gateway(), kListEvents,
                                                                                   request, learner.authorization));
    count +=
        std::ranges::count_if(page.events(), [&](const auto& event) { return event.request_id().starts_with(prefix); });
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return count;
}

// DATA_LOSS unless the ledger holds exactly the answers that were acknowledged.
absl::Status CheckLedger(const Conditions& conditions, const Classroom& classroom, const std::string& prefix,
                         int64_t acknowledged) {
  int64_t recorded = 0;
  for (const Learner& learner : classroom.learners()) {
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
    EDIRAE_ASSIGN_OR_RETURN(const int64_t count, CountRecorded(classroom, learner, prefix));
    recorded += count;
  }
  if (recorded == acknowledged) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the ledger holds ", recorded, " answers, acknowledged were ", acknowledged));
}

// Answers as `make_load` makes them, beside an echo of the same size; every acknowledged one is in the ledger. `name`
// is shown, and begins their request ids.
template <class MakeLoad>
absl::StatusOr<Comparison> CompareAnswers(const Conditions& conditions, const Classroom& classroom,
                                          const std::string& name, const MakeLoad& make_load) {
  EDIRAE_ASSIGN_OR_RETURN(const int bytes, ResponseBytes(make_load(absl::StrCat("sample-of-", name))));
  EDIRAE_ASSIGN_OR_RETURN(Comparison found, CompareWithEcho(conditions, name, bytes, make_load(name)));
  EDIRAE_RETURN_IF_ERROR(CheckLedger(conditions, classroom, name, found.subject.completed));
  return found;
}

void AddAnswers(const std::string& name, const Comparison& found, double least, Results& results) {
  results.push_back({.name = name,
                     .value = found.subject.per_second,
                     .unit = "answers/s",
                     .limit = found.echo_per_second,
                     .least = least});
}

void AddP99(const std::string& name, const Comparison& found, double worst_millis, Results& results) {
  results.push_back({.name = name,
                     .value = absl::ToDoubleMilliseconds(found.subject.latencies.Quantile(0.99)),
                     .unit = "ms",
                     .limit = worst_millis,
                     .most = 1});
}

// Answers to progress itself, so many in flight.
absl::StatusOr<Comparison> CompareProgressAnswers(Conditions conditions, const Classroom& classroom,
                                                  const std::string& name, int in_flight) {
  conditions.concurrency = in_flight;
  return CompareAnswers(conditions, classroom, name,
                        [&](const std::string& prefix) { return RecordLoad(classroom, prefix, in_flight); });
}

absl::Status MeasureThroughGateway(const Conditions& conditions, const Classroom& classroom, const std::string& name,
                                   Results& results) {
  const auto make_load = [&](const std::string& prefix) {
    return AnswerLoad(classroom, prefix, conditions.concurrency, 0);
  };
  EDIRAE_ASSIGN_OR_RETURN(const Comparison found, CompareAnswers(conditions, classroom, name, make_load));
  AddAnswers(name, found, 0.25, results);
  AddP99(name + "_p99_ms", found, kWorstAnswerP99Millis, results);
  return absl::OkStatus();
}

absl::Status MeasureFewAndMany(const Conditions& conditions, const Classroom& classroom, const std::string& name,
                               Results& results) {
  const std::string few_name = name + "_100";
  const std::string many_name = name + "_400";
  EDIRAE_ASSIGN_OR_RETURN(const Comparison few, CompareProgressAnswers(conditions, classroom, few_name, 100));
  AddAnswers(few_name, few, 0.4, results);
  AddP99(few_name + "_p99_ms", few, kWorstProgressP99Millis, results);
  EDIRAE_ASSIGN_OR_RETURN(const Comparison many, CompareProgressAnswers(conditions, classroom, many_name, 400));
  AddAnswers(many_name, many, 0.55, results);
  return absl::OkStatus();
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
  return MeasureThroughGateway(conditions, classroom, "durable_answer", results);
}

absl::Status MeasureDurableAnswerOne(const Conditions& conditions, const Classroom& classroom, Results& results) {
  return MeasureThroughGateway(conditions, classroom, "durable_answer_one", results);
}

absl::Status MeasureProgressAnswers(const Conditions& conditions, const Classroom& classroom, Results& results) {
  return MeasureFewAndMany(conditions, classroom, "progress_answer", results);
}

absl::Status MeasureLedgerAnswers(const Conditions& conditions, const Classroom& classroom, Results& results) {
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  classroom.platform().recommend().Stop();
  classroom.platform().nats().Stop();
  return MeasureFewAndMany(conditions, classroom, "ledger_answer", results);
}

}  // namespace edirae::bench
