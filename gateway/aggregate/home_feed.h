#ifndef EDIRAE_GATEWAY_AGGREGATE_HOME_FEED_H_
#define EDIRAE_GATEWAY_AGGREGATE_HOME_FEED_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "common/rpc/call.h"
#include "gateway/aggregate/resume_point.h"
#include "gateway/clients/progress_client.h"
#include "gateway/clients/recommend_client.h"

namespace edirae::gateway {

// A home as it is now, and the token to go on from it.
struct HomeUpdate {
  std::string message;  // a serialized `WatchHomeResponse` with both
  std::string resume_token;
};

// Whose home a feed follows.
struct HomeFeedSubject {
  rpc::CallContext context;  // its deadline does not count
  std::string learner_id;
  std::string roadmap_id;
};

// Follows one learner's home. Each time recommend has new next steps, which it has after every change, it fetches
// progress and gives out both. Never gives out progress that reflects less than what was given out before, nor the same
// home twice: what comes too early is fetched again with backoff. Progress that still reflects less after
// limits::kBehindPatience is of another history, as after an erasure: the home begins anew. Recommend may be away: the
// first home then goes out without next steps after `patience`.
class HomeFeed {
 public:
  struct Callbacks {
    std::function<void(HomeUpdate)> on_home;
    // The home cannot be followed at all: NOT_FOUND, INVALID_ARGUMENT or PERMISSION_DENIED of progress. Nothing
    // follows.
    std::function<void(absl::Status)> on_end;
  };

  // Callbacks run on gRPC threads, one at a time, also before the constructor has returned; they must not block. The
  // clients must outlive the feed.
  HomeFeed(ProgressClient& progress, RecommendClient& recommend, const HomeFeedSubject& subject, ResumePoint seen,
           absl::Duration patience, Callbacks callbacks);
  // A callback that runs at this moment finishes, no other starts.
  ~HomeFeed();

 private:
  class Core;
  const std::shared_ptr<Core> core_;
  std::unique_ptr<Watch> watch_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AGGREGATE_HOME_FEED_H_
