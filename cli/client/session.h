#ifndef EDIRAE_CLI_CLIENT_SESSION_H_
#define EDIRAE_CLI_CLIENT_SESSION_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"
#include "edirae/learn/v1/learn_service.grpc.pb.h"
#include "edirae/progress/v1/criteria_service.grpc.pb.h"
#include "edirae/progress/v1/history_service.grpc.pb.h"
#include "edirae/progress/v1/mentor_service.grpc.pb.h"
#include "edirae/progress/v1/time_travel_service.grpc.pb.h"
#include "edirae/recommend/v1/track_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace edirae::cli {

// Where the platform is and who is asking.
struct SessionSettings {
  std::string address = "127.0.0.1:7400";
  std::string token;
  std::string roadmap = "machine-learning";
  absl::Duration timeout = absl::Seconds(10);
  bool json = false;
};

// The connection of one learner, author or mentor to a gateway. Thread-safe.
class Session {
 public:
  using Learn = learn::v1::LearnService;
  using Authoring = catalog::v1::AuthoringService;
  using Mentor = progress::v1::MentorService;
  using History = progress::v1::HistoryService;
  using TimeTravel = progress::v1::TimeTravelService;
  using Criteria = progress::v1::CriteriaService;
  using Track = recommend::v1::TrackService;

  explicit Session(SessionSettings settings);

  // Calls a unary method of the gateway: `session.Call(&Learn::Stub::GetHome, request)`. Errors are those of the
  // method, with their reasons.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Learn::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    return CallOn<Request, Response>(*stub_, method, request);
  }

  // The same for what authors do: `session.Call(&Authoring::Stub::ListRevisions, request)`.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Authoring::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                        Response*),
                                const Request& request) const {
    return CallOn<Request, Response>(*authoring_, method, request);
  }

  // The same for what mentors do: `session.Call(&Mentor::Stub::ClaimMilestoneSubmission, request)`.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Mentor::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    return CallOn<Request, Response>(*mentor_, method, request);
  }

  // The same for what is about a history as a whole: `session.Call(&History::Stub::EraseLearner, request)`.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (History::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    return CallOn<Request, Response>(*history_, method, request);
  }

  // The same for the past: `session.Call(&TimeTravel::Stub::GetState, request)`.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (TimeTravel::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                         Response*),
                                const Request& request) const {
    return CallOn<Request, Response>(*time_travel_, method, request);
  }

  // The same for criteria on trial: `session.Call(&Criteria::Stub::TryCriteria, request)`.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Criteria::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    return CallOn<Request, Response>(*criteria_, method, request);
  }

  // The same for the way to a goal: `session.Call(&Track::Stub::GetTrack, request)`.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Track::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    return CallOn<Request, Response>(*track_, method, request);
  }

  // Adds the token and, unless infinite, a deadline.
  void Prepare(grpc::ClientContext& context, absl::Duration timeout) const;

  // The status with its reason and, where a person can mend it, how.
  absl::Status Explain(const grpc::Status& status) const;

  Learn::Stub& stub() const { return *stub_; }
  Authoring::Stub& authoring() const { return *authoring_; }
  History::Stub& history() const { return *history_; }
  const SessionSettings& settings() const { return settings_; }

 private:
  template <class Request, class Response, class Stub, class Method>
  absl::StatusOr<Response> CallOn(Stub& stub, Method method, const Request& request) const {
    grpc::ClientContext context;
    Prepare(context, settings_.timeout);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return Explain(status);
    return response;
  }

  const SessionSettings settings_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<Learn::Stub> stub_;
  const std::unique_ptr<Authoring::Stub> authoring_;
  const std::unique_ptr<Mentor::Stub> mentor_;
  const std::unique_ptr<History::Stub> history_;
  const std::unique_ptr<TimeTravel::Stub> time_travel_;
  const std::unique_ptr<Criteria::Stub> criteria_;
  const std::unique_ptr<Track::Stub> track_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_SESSION_H_
