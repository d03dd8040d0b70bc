#include "services/catalog/adapters/announcer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/nats/cloud_event.h"
#include "common/process/this_thread.h"
#include "common/status/macros.h"
#include "edirae/events/v1/catalog_event.pb.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

nats::OutgoingMessage ToMessage(const RevisionRecord& record) {
  events::v1::RevisionPublished event;
  event.set_revision(record.number);
  event.set_digest(record.digest);
  const int64_t nanos = absl::ToUnixNanos(record.publish_time);
  event.mutable_publish_time()->set_seconds(nanos / 1'000'000'000);
  event.mutable_publish_time()->set_nanos(static_cast<int>(nanos % 1'000'000'000));
  event.set_author(record.author);
  event.set_note(record.note);
  event.set_restored_revision(record.restored_revision);
  return nats::ToMessage({.id = absl::StrCat(record.digest, "-", record.number),
                          .source = "/edirae/catalog",
                          .type = "org.edirae.catalog.revision_published.v1",
                          .time = record.publish_time,
                          .subject = absl::StrCat(record.number),
                          .partition_key = "",
                          .sequence = record.number},
                         kRevisionPublishedSubject, event.SerializeAsString());
}

Announcer::Announcer(AnnouncerOptions options, RevisionStore& store, Metrics& metrics)
    : options_(std::move(options)),
      store_(store),
      announced_(metrics.Counter("edirae_catalog_announced_total", "Revisions that the stream acknowledged.")),
      waiting_(metrics.Gauge("edirae_catalog_unannounced", "Revisions that are not yet on the bus.")),
      connected_(metrics.Gauge("edirae_catalog_nats_connected", "1 while the bus is connected.")) {}

absl::StatusOr<std::unique_ptr<Announcer>> Announcer::Start(AnnouncerOptions options, RevisionStore& store,
                                                            Metrics& metrics) {
  auto announcer = std::unique_ptr<Announcer>(new Announcer(std::move(options), store, metrics));
  EDIRAE_RETURN_IF_ERROR(announcer->Open());
  return announcer;
}

absl::Status Announcer::Open() {
  nats::ConnectionOptions connection;
  connection.url = options_.nats_url;
  connection.client_name = "edirae-catalog";
  connection.connected = &connected_;
  connection.on_connected = [this] {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    reconnected_ = true;
    changed_.notify_one();
  };
  connection.on_error = [](const absl::Status& error) { log::Warn("NATS reports an error", {{"error", error}}); };
  EDIRAE_ASSIGN_OR_RETURN(connection_, nats::Connection::Connect(std::move(connection)));
  jetstream_ = std::make_unique<nats::JetStream>(*connection_);
  EDIRAE_ASSIGN_OR_RETURN(publisher_,
                          nats::AsyncPublisher::Create(*connection_, {.ack_timeout = limits::kAnnounceAckTimeout}));
  thread_ = std::thread([this] {
    process::YieldToForeground();
    Run();
  });
  return absl::OkStatus();
}

Announcer::~Announcer() { Stop(); }

void Announcer::Wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_one();
}

void Announcer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  publisher_.reset();
  if (connection_ != nullptr) connection_->Close();
}

void Announcer::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    // Without news it looks all the same, now and then: at a stream that was made anew, or at what has failed.
    changed_.wait_for(lock, absl::ToChronoNanoseconds(limits::kAnnouncePoll),
                      [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || woken_; });
    if (stopping_) return;
    woken_ = false;
    lock.unlock();
    if (connection_->connected()) {
      if (const absl::Status status = Announce(); !status.ok()) {
        log::Warn("revisions are announced later", {{"error", status}});
      }
    }
    lock.lock();
  }
}

absl::Status Announcer::Announce() {
  EDIRAE_ASSIGN_OR_RETURN(AnnouncedMark mark, FindMark());
  EDIRAE_ASSIGN_OR_RETURN(const auto head, store_.Head());
  const int64_t newest = head ? head->number : 0;
  waiting_.Set(static_cast<double>(newest - mark.number));
  while (mark.number < newest) {
    EDIRAE_ASSIGN_OR_RETURN(const RevisionRecord record, store_.Find(mark.number + 1));
    EDIRAE_RETURN_IF_ERROR(Publish(record));
    ++mark.number;
    EDIRAE_RETURN_IF_ERROR(store_.SaveAnnounced(mark));
    announced_.Increment();
    waiting_.Set(static_cast<double>(newest - mark.number));
  }
  return absl::OkStatus();
}

absl::StatusOr<AnnouncedMark> Announcer::FindMark() {
  EDIRAE_ASSIGN_OR_RETURN(const nats::StreamState stream, FindStream());
  EDIRAE_ASSIGN_OR_RETURN(AnnouncedMark mark, store_.ReadAnnounced());
  const int64_t epoch = absl::ToUnixNanos(stream.created);
  if (epoch != mark.epoch) mark = {.epoch = epoch, .number = 0};
  const std::lock_guard lock(mutex_);
  if (std::exchange(reconnected_, false)) mark.number = std::max<int64_t>(0, mark.number - 1);
  return mark;
}

absl::StatusOr<nats::StreamState> Announcer::FindStream() {
  auto state = jetstream_->GetStream(kCatalogEventStream);
  if (state.status().code() != absl::StatusCode::kNotFound || !options_.manage_stream) return state;
  nats::StreamSettings settings;
  settings.name = kCatalogEventStream;
  settings.subjects = {"catalog.events.v1.>"};
  settings.max_age = limits::kStreamMaxAge;
  settings.max_bytes = limits::kStreamMaxBytes;
  EDIRAE_RETURN_IF_ERROR(jetstream_->EnsureStream(settings));
  log::Info("made the stream of catalog events", {{"stream", kCatalogEventStream}});
  return jetstream_->GetStream(kCatalogEventStream);
}

absl::Status Announcer::Publish(const RevisionRecord& record) {
  absl::Status outcome = absl::DeadlineExceededError("no acknowledgement");
  EDIRAE_RETURN_IF_ERROR(publisher_->Publish(
      ToMessage(record), [&outcome](const absl::StatusOr<nats::PubAck>& ack) { outcome = ack.status(); }));
  // Every message is answered within the acknowledgement's timeout.
  while (!publisher_->Drain(2 * limits::kAnnounceAckTimeout).ok()) log::Warn("an announcement is still under way");
  return outcome;
}

}  // namespace edirae::catalog
