#ifndef EDIRAE_COMMON_PROGRESS_RPC_MENTOR_RPC_H_
#define EDIRAE_COMMON_PROGRESS_RPC_MENTOR_RPC_H_

#include "common/rpc/unary.h"
#include "edirae/progress/v1/mentor_service.grpc.pb.h"

namespace edirae::progress {

inline constexpr char kListMilestoneSubmissions[] = "/edirae.progress.v1.MentorService/ListMilestoneSubmissions";
inline constexpr char kClaimMilestoneSubmission[] = "/edirae.progress.v1.MentorService/ClaimMilestoneSubmission";
inline constexpr char kReleaseMilestoneSubmission[] = "/edirae.progress.v1.MentorService/ReleaseMilestoneSubmission";
inline constexpr char kReviewMilestone[] = "/edirae.progress.v1.MentorService/ReviewMilestone";

using RawMentorService = v1::MentorService::WithRawCallbackMethod_ListMilestoneSubmissions<
    v1::MentorService::WithRawCallbackMethod_ClaimMilestoneSubmission<
        v1::MentorService::WithRawCallbackMethod_ReleaseMilestoneSubmission<
            v1::MentorService::WithRawCallbackMethod_ReviewMilestone<v1::MentorService::Service>>>>;

// `MentorService` over plain gRPC: that of progress, and the same one in front of it, at the gateway. Thread-safe; the
// references must outlive the server.
class MentorRpc final : public RawMentorService {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  MentorRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* ListMilestoneSubmissions(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(kListMilestoneSubmissions, context, request, response);
  }
  grpc::ServerUnaryReactor* ClaimMilestoneSubmission(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(kClaimMilestoneSubmission, context, request, response);
  }
  grpc::ServerUnaryReactor* ReleaseMilestoneSubmission(Context* context, const Bytes* request,
                                                       Bytes* response) override {
    return endpoint_.Serve(kReleaseMilestoneSubmission, context, request, response);
  }
  grpc::ServerUnaryReactor* ReviewMilestone(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(kReviewMilestone, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_COMMON_PROGRESS_RPC_MENTOR_RPC_H_
