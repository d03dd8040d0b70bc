#include "tests/platform/student.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "edirae/progress/v1/progress_service.grpc.pb.h"
#include "edirae/recommend/v1/recommend_service.grpc.pb.h"
#include "gateway/auth/token.h"

namespace edirae::testing {
namespace {

using Stub = cli::Session::Learn::Stub;

constexpr absl::Duration kTokenLife = absl::Hours(48);  // also when a test moves the clock
constexpr absl::Duration kTryFor = absl::Minutes(2);
constexpr absl::Duration kPause = absl::Milliseconds(50);
constexpr absl::Duration kCallTimeout = absl::Seconds(5);

bool IsWorthRetrying(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kDeadlineExceeded ||
         status.code() == absl::StatusCode::kResourceExhausted;
}

std::string TokenFor(const Platform& platform, const std::string& learner_id) {
  return gateway::MintToken(platform.token_secret(), learner_id, kTokenLife, absl::Now()).value();
}

void PrepareService(grpc::ClientContext& context, const Platform& platform) {
  rpc::AddBearer(context, platform.service_token());
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallTimeout));
}

}  // namespace

Student::Student(const Platform& platform, const std::string& gateway_address, const std::string& learner_id)
    : id_(learner_id),
      session_({.address = gateway_address, .token = TokenFor(platform, learner_id), .timeout = kCallTimeout}) {}

absl::StatusOr<progress::v1::ActionOutcome> Student::Answer(const std::string& question_id,
                                                            const catalog::v1::Reply& reply,
                                                            const std::string& request_id) const {
  learn::v1::AnswerQuestionRequest request;
  request.set_request_id(request_id);
  request.set_question_id(question_id);
  *request.mutable_reply() = reply;
  EDIRAE_ASSIGN_OR_RETURN(const auto response, session_.Call(&Stub::AnswerQuestion, request));
  return response.outcome();
}

absl::StatusOr<progress::v1::ActionOutcome> Student::AnswerUntilAcknowledged(const std::string& question_id,
                                                                             const catalog::v1::Reply& reply,
                                                                             const std::string& request_id) const {
  const absl::Time end = absl::Now() + kTryFor;
  for (;;) {
    auto outcome = Answer(question_id, reply, request_id);
    if (outcome.ok() || !IsWorthRetrying(outcome.status()) || absl::Now() > end) return outcome;
    absl::SleepFor(kPause);
  }
}

absl::StatusOr<learn::v1::Home> Student::Home() const {
  learn::v1::GetHomeRequest request;
  request.set_roadmap_id(kRoadmap);
  EDIRAE_ASSIGN_OR_RETURN(auto response, session_.Call(&Stub::GetHome, request));
  return std::move(*response.mutable_home());
}

absl::StatusOr<std::vector<catalog::v1::Question>> Student::Questions(const std::string& concept_id) const {
  learn::v1::ListQuestionsRequest request;
  request.set_concept_id(concept_id);
  EDIRAE_ASSIGN_OR_RETURN(const auto response, session_.Call(&Stub::ListQuestions, request));
  return std::vector<catalog::v1::Question>(response.questions().begin(), response.questions().end());
}

catalog::v1::Reply Choose(const std::vector<std::string>& choice_ids) {
  catalog::v1::Reply reply;
  reply.mutable_choice();
  for (const std::string& choice : choice_ids) reply.mutable_choice()->add_choice_ids(choice);
  return reply;
}

absl::StatusOr<std::vector<events::v1::LearnerEvent>> HistoryOf(Platform& platform, const std::string& learner_id) {
  const auto stub = progress::v1::ProgressService::NewStub(rpc::NewClientChannel(platform.progress().address()));
  std::vector<events::v1::LearnerEvent> history;
  progress::v1::ListLearnerEventsRequest request;
  request.set_learner_id(learner_id);
  request.set_page_size(1000);
  do {
    grpc::ClientContext context;
    PrepareService(context, platform);
    progress::v1::ListLearnerEventsResponse response;
    EDIRAE_RETURN_IF_ERROR(rpc::FromGrpc(stub->ListLearnerEvents(&context, request, &response)));
    history.insert(history.end(), response.events().begin(), response.events().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return history;
}

absl::StatusOr<int64_t> RecommendedAsOf(Platform& platform, const std::string& learner_id) {
  absl::StatusOr<int64_t> as_of = absl::UnavailableError("nobody was asked");
  for (int ordinal = 0; ordinal < platform.recommend_replicas() && !as_of.ok(); ++ordinal) {
    as_of = RecommendedAsOf(platform, platform.recommend(ordinal), learner_id);
  }
  return as_of;
}

absl::StatusOr<int64_t> RecommendedAsOf(Platform& platform, Program& replica, const std::string& learner_id) {
  const auto stub = recommend::v1::RecommendService::NewStub(rpc::NewClientChannel(replica.address()));
  grpc::ClientContext context;
  PrepareService(context, platform);
  recommend::v1::SuggestRequest request;
  request.set_learner_id(learner_id);
  request.set_roadmap_id(kRoadmap);
  recommend::v1::SuggestResponse response;
  EDIRAE_RETURN_IF_ERROR(rpc::FromGrpc(stub->Suggest(&context, request, &response)));
  return response.next_steps().as_of_seq();
}

}  // namespace edirae::testing
