#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "bench/load/home_watch.h"
#include "bench/measure/measurements.h"
#include "bench/platform/loads.h"
#include "bench/platform/rest.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr int kChannels = 4;
constexpr absl::Duration kPatience = absl::Seconds(10);

// How many watch, and how fast they answer together.
struct Audience {
  std::string name;  // of the result, and of what they do
  int watchers = 0;
  int answers_per_second = 0;
  double worst_p99_millis = 0;
};

using Watches = std::vector<std::unique_ptr<HomeWatch>>;

absl::StatusOr<Watches> Begin(const Classroom& classroom, const Audience& audience) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < kChannels; ++i) channels.push_back(NewConnection(classroom.platform().gateway().address()));
  Watches watches;
  for (int i = 0; i < audience.watchers; ++i) {
    EDIRAE_ASSIGN_OR_RETURN(const Learner learner, classroom.NewLearner(absl::StrCat(audience.name, "-", i)));
    watches.push_back(std::make_unique<HomeWatch>(channels[static_cast<size_t>(i % kChannels)], learner.authorization,
                                                  classroom.roadmap_id()));
  }
  for (const auto& watch : watches) watch->Start();
  return watches;
}

absl::Status WaitUntilFresh(const Watches& watches) {
  for (const auto& watch : watches) EDIRAE_RETURN_IF_ERROR(watch->WaitUntilFresh(kPatience));
  return absl::OkStatus();
}

// Watchers answer in turn, at their times whether or not earlier answers have come back.
absl::Status AnswerSteadily(const Conditions& conditions, const Classroom& classroom, const Audience& audience,
                            const Watches& watches, absl::Duration duration) {
  const absl::Time start = absl::Now();
  const auto count = static_cast<int64_t>(absl::ToDoubleSeconds(duration) * audience.answers_per_second);
  for (int64_t i = 0; i < count; ++i) {
    const absl::Time due = start + i * absl::Seconds(1) / audience.answers_per_second;
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Pause(std::max(absl::ZeroDuration(), due - absl::Now())));
    const auto round = static_cast<size_t>(i / audience.watchers);
    const Exercise& exercise = classroom.exercises()[round % classroom.exercises().size()];
    learn::v1::AnswerQuestionRequest request;
    request.ParseFromString(AnswerRequest(exercise, absl::StrCat(audience.name, "-", i), static_cast<uint64_t>(i)));
    watches[static_cast<size_t>(i % audience.watchers)]->Answer(std::move(request));
  }
  return absl::OkStatus();
}

absl::Status Watch(const Conditions& conditions, const Classroom& classroom, const Audience& audience,
                   const Watches& watches) {
  EDIRAE_RETURN_IF_ERROR(WaitUntilFresh(watches));
  // A percentile of 1 in 100 wants many answers: twice the usual window.
  const absl::Status answered = AnswerSteadily(conditions, classroom, audience, watches, 2 * conditions.window);
  const absl::Status fresh = WaitUntilFresh(watches);
  return answered.ok() ? fresh : answered;
}

absl::Status MeasureDelay(const Conditions& conditions, const Classroom& classroom, const Audience& audience,
                          Results& results) {
  conditions.progress.Show(absl::StrCat(audience.name, ": ", audience.watchers, " watchers"));
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  EDIRAE_ASSIGN_OR_RETURN(const Watches watches, Begin(classroom, audience));
  const absl::Status watched = Watch(conditions, classroom, audience, watches);
  Histogram delays;
  for (const auto& watch : watches) {
    watch->Stop();
    delays.Merge(watch->delays());
  }
  EDIRAE_RETURN_IF_ERROR(watched);
  results.push_back({.name = audience.name,
                     .value = absl::ToDoubleMilliseconds(delays.Quantile(0.99)),
                     .unit = "ms",
                     .limit = audience.worst_p99_millis,
                     .most = 1});
  return absl::OkStatus();
}

}  // namespace

absl::Status MeasureFreshness(const Conditions& conditions, const Classroom& classroom, Results& results) {
  return MeasureDelay(conditions, classroom,
                      {.name = "freshness_p99_ms", .watchers = 50, .answers_per_second = 200, .worst_p99_millis = 30},
                      results);
}

absl::Status MeasureChange(const Conditions& conditions, const Classroom& classroom, Results& results) {
  return MeasureDelay(conditions, classroom,
                      {.name = "change_p99_ms", .watchers = 500, .answers_per_second = 2000, .worst_p99_millis = 10},
                      results);
}

}  // namespace edirae::bench
