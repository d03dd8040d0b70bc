#ifndef EDIRAE_GATEWAY_AGGREGATE_HOME_READER_H_
#define EDIRAE_GATEWAY_AGGREGATE_HOME_READER_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/metrics/metrics.h"
#include "common/rpc/call.h"
#include "gateway/clients/progress_client.h"
#include "gateway/clients/recommend_client.h"

namespace edirae::gateway {

// A serialized `GetHomeResponse` made of a serialized `GetRoadmapProgressResponse` and, unless the home goes out
// without next steps, a serialized `SuggestResponse`: their submessages are copied as bytes, never parsed. INTERNAL
// when an answer is no message of its type.
absl::StatusOr<rpc::Bytes> AssembleHome(absl::string_view progress_response,
                                        std::optional<absl::string_view> suggest_response);

// Puts a learner's home together from what progress and recommend say at the same moment. Thread-safe; the references
// must outlive it and its calls.
class HomeReader {
 public:
  HomeReader(ProgressClient& progress, RecommendClient& recommend, Metrics& metrics);

  // `done` gets a serialized `GetHomeResponse`, or the error of progress. Without an answer of recommend, for which it
  // waits at most a second and half of the time left, the home has no next steps.
  void GetHome(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view roadmap_id,
               rpc::Done done);

 private:
  struct Answers;
  void Finish(Answers& answers);

  ProgressClient& progress_;
  RecommendClient& recommend_;
  prometheus::Counter& degraded_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AGGREGATE_HOME_READER_H_
