#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_ANNOUNCER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_ANNOUNCER_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "common/nats/async_publisher.h"
#include "common/nats/connection.h"
#include "common/nats/jetstream.h"
#include "services/catalog/domain/revision_store.h"

namespace edirae::catalog {

// Name of the stream that catalog events go to, and the subject of its only kind of event.
inline constexpr char kCatalogEventStream[] = "CATALOG_EVENTS";
inline constexpr char kRevisionPublishedSubject[] = "catalog.events.v1.revision_published";

struct AnnouncerOptions {
  std::string nats_url;
  // Whether the announcer makes the stream when it is not there; otherwise it waits for it.
  bool manage_stream = true;
};

// The message for a revision, as proto/edirae/events/v1/catalog_event.proto describes it.
nats::OutgoingMessage ToMessage(const RevisionRecord& record);

// Tells the bus of every recorded revision, in order and at least once; how far it has come is marked in the store.
// JetStream may lose its newest messages when it crashes: after each break of the connection the newest revision is
// told again, and into a stream that was made anew all of them are. Nobody waits for it. Thread-safe.
class Announcer {
 public:
  // Does not wait for NATS. The references must outlive the announcer. Errors of nats::Connection::Connect.
  static absl::StatusOr<std::unique_ptr<Announcer>> Start(AnnouncerOptions options, RevisionStore& store,
                                                          Metrics& metrics);
  ~Announcer();  // Stop()

  // There may be a new revision. Never blocks.
  void Wake();

  // Ends the thread. Idempotent.
  void Stop();

 private:
  Announcer(AnnouncerOptions options, RevisionStore& store, Metrics& metrics);
  absl::Status Open();
  void Run();
  // Publishes what is not on the bus yet.
  absl::Status Announce();
  absl::StatusOr<AnnouncedMark> FindMark();
  absl::StatusOr<nats::StreamState> FindStream();
  absl::Status Publish(const RevisionRecord& record);

  const AnnouncerOptions options_;
  RevisionStore& store_;
  prometheus::Counter& announced_;
  prometheus::Gauge& waiting_;
  prometheus::Gauge& connected_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ ABSL_GUARDED_BY(mutex_) = true;
  bool reconnected_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  std::unique_ptr<nats::Connection> connection_;
  std::unique_ptr<nats::JetStream> jetstream_;
  std::unique_ptr<nats::AsyncPublisher> publisher_;
  std::thread thread_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_ANNOUNCER_H_
