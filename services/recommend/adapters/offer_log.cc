#include "services/recommend/adapters/offer_log.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/nats/cloud_event.h"
#include "common/process/this_thread.h"
#include "common/status/macros.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

constexpr char kOfferType[] = "steps_offered";
constexpr char kLearnerHeader[] = "ce-subject";

nats::OutgoingMessage MessageOf(const v1::RecommendationEvent& event) {
  const auto& time = event.offer_time();
  return nats::ToMessage({.id = event.event_id(),
                          .source = "/edirae/recommend",
                          .type = absl::StrCat("org.edirae.recommendation.", kOfferType, ".v1"),
                          .time = absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()),
                          .subject = event.learner_id(),
                          .partition_key = event.learner_id(),
                          .sequence = event.as_of_seq(),
                          .data_schema = "tag:edirae.org,2026:edirae.recommend.v1.RecommendationEvent/1"},
                         absl::StrCat("recommendation.events.v1.", kOfferType, ".", event.partition()),
                         event.SerializeAsString());
}

}  // namespace

OfferLog::OfferLog(Metrics& metrics)
    : published_(metrics.Counter("edirae_recommend_offers_published_total", "Offers that the stream acknowledged.")),
      dropped_(metrics.Counter("edirae_recommend_offers_dropped_total", "Offers that found no room.")),
      erased_total_(metrics.Counter("edirae_recommend_offers_erased_total",
                                    "Offers to erased learners that were overwritten in the stream.")),
      last_(limits::kMaxKnownLearners) {}

OfferLog::~OfferLog() { Stop(); }

absl::Status OfferLog::Start(const nats::Connection& connection, bool manage_stream, IsErased is_erased) {
  manage_stream_ = manage_stream;
  is_erased_ = std::move(is_erased);
  connection_ = &connection;
  jetstream_ = std::make_unique<nats::JetStream>(connection);
  EDIRAE_ASSIGN_OR_RETURN(publisher_, nats::AsyncPublisher::Create(connection));
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

void OfferLog::Offer(const v1::NextSteps& steps, absl::Time now) {
  if (steps.as_of_seq() == 0) return;
  const uint64_t offer = OfferKeyOf(steps);
  const std::lock_guard lock(mutex_);
  if (stopping_ || erased_.contains(steps.learner_id()) || !last_.IsNew(steps, offer)) return;
  if (waiting_.size() == limits::kMaxWaitingOffers) return dropped_.Increment();
  waiting_.push_back(OfferEvent(steps, offer, now));
  changed_.notify_one();
}

void OfferLog::Erase(const std::string& pseudonym) {
  const std::lock_guard lock(mutex_);
  erased_.insert(pseudonym);
  std::erase_if(waiting_, [&](const v1::RecommendationEvent& event) { return event.learner_id() == pseudonym; });
  sweep_ = true;
  changed_.notify_one();
}

void OfferLog::Drop(const PartitionSet& partitions) {
  const std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [&](const v1::RecommendationEvent& event) {
    return partitions[static_cast<size_t>(PartitionOf(event.learner_id()))];
  });
}

void OfferLog::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  publisher_.reset();
}

bool OfferLog::stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void OfferLog::Run() {
  process::NameThread("offer-log");
  process::YieldToForeground();
  absl::StatusCode last_error = absl::StatusCode::kOk;
  while (true) {
    absl::Status status = Publish();
    if (status.ok()) status = Sweep();
    if (status.code() != std::exchange(last_error, status.code()) && !status.ok()) {
      log::Warn("cannot tell the bus what was offered; trying again", {{"error", status}});
    }
    std::unique_lock lock(mutex_);
    if (status.ok()) {
      changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || sweep_ || !waiting_.empty(); });
    } else {
      changed_.wait_for(lock, absl::ToChronoMilliseconds(limits::kRetryPause),
                        [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; });
    }
    if (stopping_) return;
  }
}

absl::Status OfferLog::EnsureStream() {
  if (ensured_) return absl::OkStatus();
  absl::Status status = jetstream_->GetStream(kOfferStream).status();
  if (status.code() == absl::StatusCode::kNotFound && manage_stream_) {
    status = jetstream_->EnsureStream({.name = kOfferStream,
                                       .subjects = {"recommendation.events.v1.>"},
                                       .max_age = limits::kOfferLife,
                                       .max_bytes = limits::kOfferStreamBytes});
  }
  ensured_ = status.ok();
  return status;
}

absl::Status OfferLog::Publish() {
  while (true) {
    std::deque<v1::RecommendationEvent> batch;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ || waiting_.empty()) return absl::OkStatus();
      const size_t count = std::min(waiting_.size(), limits::kOfferBatch);
      batch.assign(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    }
    if (!connection_->connected()) return absl::UnavailableError("the bus is away");
    EDIRAE_RETURN_IF_ERROR(EnsureStream());
    std::vector<absl::Status> outcomes(batch.size());
    for (size_t i = 0; i < batch.size(); ++i) {
      absl::Status& outcome = outcomes[i];
      const absl::Status sent = publisher_->Publish(
          MessageOf(batch[i]), [&outcome](const absl::StatusOr<nats::PubAck>& ack) { outcome = ack.status(); });
      if (!sent.ok()) outcome = sent;
    }
    // Every message is answered within the acknowledgement's timeout.
    while (!publisher_->Drain(limits::kOfferDrain).ok()) log::Warn("offers are still under way");
    absl::flat_hash_set<std::string> settled;
    absl::Status failed;
    for (size_t i = 0; i < batch.size(); ++i) {
      const bool is_full = outcomes[i].code() == absl::StatusCode::kResourceExhausted;
      if (outcomes[i].ok() || is_full) settled.insert(batch[i].event_id());
      if (outcomes[i].ok()) published_.Increment();
      if (is_full) dropped_.Increment();
      if (!outcomes[i].ok() && !is_full) failed = outcomes[i];
    }
    if (failed.code() == absl::StatusCode::kNotFound) ensured_ = false;
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [&](const v1::RecommendationEvent& event) { return settled.contains(event.event_id()); });
    if (!failed.ok()) return failed;
  }
}

absl::StatusOr<bool> OfferLog::IsGone(const std::string& pseudonym) {
  {
    const std::lock_guard lock(mutex_);
    if (erased_.contains(pseudonym)) return true;
  }
  if (!asks_store_) return false;
  absl::StatusOr<bool> is_erased = is_erased_(pseudonym);
  if (!absl::IsDataLoss(is_erased.status())) return is_erased;
  log::Error("offers to a learner whose state is damaged stay in the stream",
             {{"learner", pseudonym}, {"error", is_erased.status()}});
  return false;
}

absl::Status OfferLog::Sweep() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(sweep_, false)) return absl::OkStatus();
  }
  const auto again = [this](const absl::Status& why) {
    const std::lock_guard lock(mutex_);
    sweep_ = true;
    return why;
  };
  if (!connection_->connected()) return again(absl::UnavailableError("the bus is away"));
  const auto stream = jetstream_->GetStream(kOfferStream);
  if (stream.status().code() == absl::StatusCode::kNotFound) return absl::OkStatus();  // nothing was offered
  if (!stream.ok()) return again(stream.status());
  absl::flat_hash_map<std::string, bool> gone;
  for (uint64_t seq = stream->first_seq; stream->messages > 0 && seq <= stream->last_seq; ++seq) {
    if (stopping()) return again(absl::OkStatus());
    if (seq % limits::kOfferBatch == 0) {  // what is offered meanwhile does not wait for all of it
      if (const absl::Status published = Publish(); !published.ok()) return again(published);
    }
    const auto message = jetstream_->GetMessage(kOfferStream, seq);
    if (message.status().code() == absl::StatusCode::kNotFound) continue;
    if (!message.ok()) return again(message.status());
    const std::string pseudonym = message->header(kLearnerHeader);
    const auto [known, is_first] = gone.try_emplace(pseudonym, false);
    if (is_first) {
      const absl::StatusOr<bool> is_gone = IsGone(pseudonym);
      if (!is_gone.ok()) return again(is_gone.status());
      known->second = *is_gone;
    }
    if (!known->second) continue;
    const absl::Status erased = jetstream_->EraseMessage(kOfferStream, seq);
    if (erased.ok()) erased_total_.Increment();
    if (!erased.ok() && erased.code() != absl::StatusCode::kNotFound) return again(erased);
  }
  asks_store_ = false;
  const std::lock_guard lock(mutex_);
  if (!sweep_ && erased_.size() > limits::kMaxRememberedErasures) erased_.clear();
  return absl::OkStatus();
}

}  // namespace edirae::recommend
