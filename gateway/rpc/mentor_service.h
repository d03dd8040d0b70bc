#ifndef EDIRAE_GATEWAY_RPC_MENTOR_SERVICE_H_
#define EDIRAE_GATEWAY_RPC_MENTOR_SERVICE_H_

#include "common/rpc/mux_client.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/mentor_service.grpc.pb.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

namespace method {

// The methods of `MentorService` by full name.
inline constexpr char kListMilestoneSubmissions[] = "/edirae.progress.v1.MentorService/ListMilestoneSubmissions";
inline constexpr char kClaimMilestoneSubmission[] = "/edirae.progress.v1.MentorService/ClaimMilestoneSubmission";
inline constexpr char kReleaseMilestoneSubmission[] = "/edirae.progress.v1.MentorService/ReleaseMilestoneSubmission";
inline constexpr char kReviewMilestone[] = "/edirae.progress.v1.MentorService/ReviewMilestone";

}  // namespace method

// Adds the methods of `MentorService`: mentors' calls are passed on to progress as they are. PERMISSION_DENIED with
// reason MENTORS_ONLY for anyone else. The references must outlive the table and its calls.
void AddMentorMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table);

using MentorServiceBase = progress::v1::MentorService::WithRawCallbackMethod_ListMilestoneSubmissions<
    progress::v1::MentorService::WithRawCallbackMethod_ClaimMilestoneSubmission<
        progress::v1::MentorService::WithRawCallbackMethod_ReleaseMilestoneSubmission<
            progress::v1::MentorService::WithRawCallbackMethod_ReviewMilestone<progress::v1::MentorService::Service>>>>;

// `MentorService` on gRPC, in front of progress's own. Thread-safe; the references must outlive the server.
class MentorService final : public MentorServiceBase {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  MentorService(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* ListMilestoneSubmissions(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListMilestoneSubmissions, context, request, response);
  }
  grpc::ServerUnaryReactor* ClaimMilestoneSubmission(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kClaimMilestoneSubmission, context, request, response);
  }
  grpc::ServerUnaryReactor* ReleaseMilestoneSubmission(Context* context, const Bytes* request,
                                                       Bytes* response) override {
    return endpoint_.Serve(method::kReleaseMilestoneSubmission, context, request, response);
  }
  grpc::ServerUnaryReactor* ReviewMilestone(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kReviewMilestone, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_MENTOR_SERVICE_H_
