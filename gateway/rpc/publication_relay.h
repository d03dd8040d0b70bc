#ifndef EDIRAE_GATEWAY_RPC_PUBLICATION_RELAY_H_
#define EDIRAE_GATEWAY_RPC_PUBLICATION_RELAY_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "common/rpc/call.h"
#include "gateway/rpc/admission.h"
#include "grpcpp/alarm.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/client_callback.h"
#include "grpcpp/support/server_callback.h"

namespace edirae::gateway {

// Passes one author's publication on to the catalog as the bytes that it is: a part is read when the one before is
// written, and only the catalog parses it. Ends with the catalog's answer, or at the call's deadline. Destroys itself
// when both sides are done. Thread-safe.
class PublicationRelay final : public grpc::ServerReadReactor<grpc::ByteBuffer>,
                               public std::enable_shared_from_this<PublicationRelay> {
 public:
  using Bytes = grpc::ByteBuffer;

  static std::shared_ptr<PublicationRelay> Start(const std::shared_ptr<grpc::Channel>& catalog,
                                                 const std::string& service_token, const rpc::CallContext& call,
                                                 Admission::Slot slot, Bytes* response);

  PublicationRelay(Admission::Slot slot, Bytes* response) : slot_(std::move(slot)), response_(response) {}

  // Ends it, unless all parts have come: then the catalog's answer is waited for.
  void Stop();

  void OnReadDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // The call to the catalog.
  class Forward final : public grpc::ClientBidiReactor<Bytes, Bytes> {
   public:
    explicit Forward(PublicationRelay& relay) : relay_(relay) {}
    void OnWriteDone(bool ok) override { relay_.OnWritten(ok); }
    void OnReadDone(bool ok) override { relay_.has_answer_ = ok; }
    void OnDone(const grpc::Status& status) override { relay_.OnAnswered(status); }

   private:
    PublicationRelay& relay_;
  };

  void OnWritten(bool ok);
  void EndOfParts();
  void OnAnswered(const grpc::Status& status);
  void End(const grpc::Status& status);

  Admission::Slot slot_;
  Bytes* const response_;
  Bytes part_;  // of the read or the write under way: never both
  Bytes answer_;
  bool has_answer_ = false;  // known before the call is done
  grpc::ClientContext context_;
  Forward forward_{*this};
  grpc::Alarm alarm_;
  std::shared_ptr<PublicationRelay> until_done_;      // until gRPC lets go of the author's side
  std::shared_ptr<PublicationRelay> until_answered_;  // and of the catalog's

  std::mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool whole_ ABSL_GUARDED_BY(mutex_) = false;  // no more parts will come
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_PUBLICATION_RELAY_H_
