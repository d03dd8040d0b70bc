#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_OFFER_LOG_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_OFFER_LOG_H_

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "common/nats/async_publisher.h"
#include "common/nats/connection.h"
#include "common/nats/jetstream.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/domain/offers.h"

namespace edirae::recommend {

// The stream of what was offered.
inline constexpr char kOfferStream[] = "RECOMMENDATION_EVENTS";

// Tells the bus what learners were offered: each offer once while it is remembered, in order, at least once when the
// bus breaks. What finds no room, here or in the stream, is dropped and counted: an offer is no truth, and nobody waits
// for it. Offers to whoever was erased are overwritten in the stream, by reading all of it, at the start for those who
// were erased while nobody looked. Thread-safe.
class OfferLog final : public OfferSink {
 public:
  // Whether a pseudonym is of somebody who was erased; may block. After an error it is asked again; DATA_LOSS is a no.
  using IsErased = absl::AnyInvocable<absl::StatusOr<bool>(const std::string& pseudonym)>;

  // Until `Start`, offers wait. `metrics` must outlive it.
  explicit OfferLog(Metrics& metrics);
  ~OfferLog() override;  // Stop()

  // Begins to publish over a connection that must outlive it; makes the stream when `manage_stream` and it is not
  // there. Errors of nats::AsyncPublisher::Create.
  absl::Status Start(const nats::Connection& connection, bool manage_stream, IsErased is_erased);

  // Somebody without a history is passed over: the pseudonym may not be theirs for long.
  void Offer(const v1::NextSteps& steps, absl::Time now) override;

  // Forgets what was offered to whoever had the pseudonym. Never blocks.
  void Erase(const std::string& pseudonym);

  // Drops what waits of the partitions: whoever has them now may erase what was offered.
  void Drop(const PartitionSet& partitions);

  // Ends the thread; what was not published yet is lost. Idempotent.
  void Stop();

 private:
  void Run();
  // Publishes what waits; an error when it is to be tried again.
  absl::Status Publish();
  absl::Status EnsureStream();
  // Overwrites what was offered to the erased, everything that the stream had when it began.
  absl::Status Sweep();
  absl::StatusOr<bool> IsGone(const std::string& pseudonym);
  bool stopping();

  prometheus::Counter& published_;
  prometheus::Counter& dropped_;
  prometheus::Counter& erased_total_;
  bool manage_stream_ = true;
  IsErased is_erased_;
  const nats::Connection* connection_ = nullptr;
  std::unique_ptr<nats::JetStream> jetstream_;
  std::unique_ptr<nats::AsyncPublisher> publisher_;

  std::mutex mutex_;
  std::condition_variable changed_;
  LastOffers last_ ABSL_GUARDED_BY(mutex_);
  std::deque<v1::RecommendationEvent> waiting_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<std::string> erased_ ABSL_GUARDED_BY(mutex_);  // lately, for what is under way
  bool sweep_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  // Of the thread.
  bool ensured_ = false;    // the stream was there when last looked
  bool asks_store_ = true;  // until the first sweep is done
  std::thread thread_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_OFFER_LOG_H_
