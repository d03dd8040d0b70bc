#ifndef EDIRAE_SERVICES_PROGRESS_RPC_RECORD_STREAM_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_RECORD_STREAM_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "common/clock/clock.h"
#include "edirae/identity/v1/principal.pb.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "grpcpp/support/server_callback.h"
#include "services/progress/domain/ledger.h"

namespace edirae::progress {

// One call of RecordEventsStream. A few batches are under way at once, and the next is not read before there is room,
// so that a fast client is slowed down by flow control. The batches of one learner never overlap: their order is the
// order of the history. Deletes itself.
class RecordStream final : public grpc::ServerReadReactor<v1::RecordEventsStreamRequest> {
 public:
  // `response` belongs to the call; the references must outlive the server.
  RecordStream(Ledger& ledger, const Clock& clock, identity::v1::Principal principal,
               v1::RecordEventsStreamResponse* response);

  void OnReadDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override { delete this; }

 private:
  using Batch = std::unique_ptr<v1::RecordEventsRequest>;

  // What to do once the lock is released.
  struct Next {
    Batch submit;
    bool read = false;
    bool finish = false;
  };
  Next Decide() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Do(Next next);
  void OnRecorded(const std::string& learner_id, const std::vector<std::string>& request_ids,
                  const absl::StatusOr<std::vector<ActionAnswer>>& answers);
  void Count(const std::vector<std::string>& request_ids, const std::vector<ActionAnswer>& answers)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Ledger& ledger_;
  const Clock& clock_;
  const identity::v1::Principal principal_;
  v1::RecordEventsStreamRequest incoming_;  // of the read that is under way

  std::mutex mutex_;
  v1::RecordEventsStreamResponse& response_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<std::string> under_way_ ABSL_GUARDED_BY(mutex_);  // learners with a batch at the ledger
  Batch held_ ABSL_GUARDED_BY(mutex_);  // read, and waiting for its learner's last batch
  bool reading_ ABSL_GUARDED_BY(mutex_) = true;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;  // the client has sent everything
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_RECORD_STREAM_H_
