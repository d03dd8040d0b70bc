#include "gateway/aggregate/home_reader.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/status/macros.h"
#include "common/wire/wire.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/aggregate/home_message.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

using learn::v1::GetHomeResponse;
using progress::v1::GetRoadmapProgressResponse;
using recommend::v1::SuggestResponse;

// Recommend must answer early enough for a home without it to be of use.
absl::Time PatienceEnds(absl::Time deadline) {
  const absl::Time now = absl::Now();
  return std::min(now + limits::kNextStepsPatience, now + (deadline - now) / 2);
}

}  // namespace

absl::StatusOr<rpc::Bytes> AssembleHome(absl::string_view progress_response,
                                        std::optional<absl::string_view> suggest_response) {
  EDIRAE_ASSIGN_OR_RETURN(const auto progress,
                          wire::FindBytes(progress_response, GetRoadmapProgressResponse::kProgressFieldNumber));
  if (!progress.has_value()) return absl::InternalError("progress answered without progress");
  std::optional<absl::string_view> next_steps;
  if (suggest_response.has_value()) {
    EDIRAE_ASSIGN_OR_RETURN(next_steps, wire::FindBytes(*suggest_response, SuggestResponse::kNextStepsFieldNumber));
  }

  std::string response;
  AppendHome(response, GetHomeResponse::kHomeFieldNumber, *progress, next_steps);
  return std::make_shared<const std::string>(std::move(response));
}

// The two answers of one call; whichever comes last finishes it.
struct HomeReader::Answers {
  explicit Answers(rpc::Done d) : done(std::move(d)) {}

  rpc::Done done;
  absl::StatusOr<rpc::Bytes> progress;
  absl::StatusOr<rpc::Bytes> suggestions;
  std::atomic<int> missing = 2;
};

HomeReader::HomeReader(ProgressClient& progress, RecommendClient& recommend, Metrics& metrics)
    : progress_(progress),
      recommend_(recommend),
      degraded_(metrics.Counter("edirae_gateway_degraded_homes_total",
                                "Homes that went out without next steps because recommend did not answer")) {}

void HomeReader::GetHome(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view roadmap_id,
                         rpc::Done done) {
  auto answers = std::make_shared<Answers>(std::move(done));
  rpc::CallContext patient = context;
  patient.deadline = PatienceEnds(context.deadline);
  recommend_.Suggest(patient, learner_id, roadmap_id, [this, answers](absl::StatusOr<rpc::Bytes> response) {
    answers->suggestions = std::move(response);
    if (--answers->missing == 0) Finish(*answers);
  });
  progress_.GetRoadmapProgress(context, learner_id, roadmap_id, [this, answers](absl::StatusOr<rpc::Bytes> response) {
    answers->progress = std::move(response);
    if (--answers->missing == 0) Finish(*answers);
  });
}

void HomeReader::Finish(Answers& answers) {
  if (!answers.progress.ok()) return std::move(answers.done)(answers.progress.status());
  std::optional<absl::string_view> suggestions;
  if (answers.suggestions.ok()) {
    suggestions = **answers.suggestions;
  } else {
    degraded_.Increment();
  }
  std::move(answers.done)(AssembleHome(**answers.progress, suggestions));
}

}  // namespace edirae::gateway
