#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/limits/jetstream.h"
#include "bench/load/connection.h"
#include "bench/measure/measurements.h"
#include "bench/measure/recorded_answers.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/process/loopback_port.h"
#include "common/process/nats_server.h"
#include "common/status/macros.h"
#include "common/testing/temp_folder.h"
#include "services/progress/adapters/cloud_event.h"
#include "services/progress/adapters/outbox_relay.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/recommend/service.h"

namespace edirae::bench {
namespace {

constexpr RecordedClass kOutbox{.learners = 4000, .events_each = 30};
constexpr RecordedClass kBacklog{.learners = 8000, .events_each = 30};  // for longer than a pause between checkpoints
constexpr double kPromisedOfPublishing = 0.5;
constexpr double kPromisedOfReading = 0.5;
constexpr absl::Duration kCounterLook = absl::Milliseconds(1);
constexpr absl::Duration kDrainPatience = absl::Minutes(2);
constexpr char kSubjects[] = "learner.events.v1.>";
constexpr char kBusToken[] = "bench-of-the-bus-needs-a-secret-of-its-own";

constexpr int64_t EventsOf(const RecordedClass& recorded) { return recorded.learners * recorded.events_each; }

// Waits until a counter of a service has come to `count`.
absl::Status WaitForCount(const Conditions& conditions, const prometheus::Counter& counter, int64_t count) {
  const absl::Time deadline = absl::Now() + kDrainPatience;
  while (counter.Value() < static_cast<double>(count)) {
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Pause(kCounterLook));
    if (absl::Now() > deadline) {
      return absl::DeadlineExceededError(absl::StrCat(counter.Value(), " of ", count, " events in two minutes"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<progress::SqliteEventStore>> Record(const Conditions& conditions,
                                                                   const std::string& what,
                                                                   const RecordedClass& recorded,
                                                                   const std::string& folder) {
  EDIRAE_ASSIGN_OR_RETURN(auto store, progress::SqliteEventStore::Open(folder));
  EDIRAE_RETURN_IF_ERROR(RecordClass(conditions, absl::StrCat(what, ": a ledger"), recorded, *store));
  return store;
}

absl::StatusOr<std::vector<nats::OutgoingMessage>> MessagesOf(progress::EventStore& store,
                                                              const RecordedClass& recorded) {
  EDIRAE_ASSIGN_OR_RETURN(const auto events, store.ReadCommitted(0, static_cast<int>(EventsOf(recorded))));
  std::vector<nats::OutgoingMessage> messages;
  for (const progress::StoredEvent& event : events) {
    EDIRAE_ASSIGN_OR_RETURN(progress::CloudEvent cloud, progress::ToCloudEvent(event.payload, event.pseudonym));
    messages.push_back(std::move(cloud.message));
  }
  return messages;
}

absl::StatusOr<double> PublishBare(const Conditions& conditions, const std::vector<nats::OutgoingMessage>& messages) {
  conditions.progress.Show("relay_publish: bare publishing of the same messages");
  const testing::TempFolder folder;
  EDIRAE_ASSIGN_OR_RETURN(const auto server, process::NatsServer::Start({.folder = folder.path()}));
  EDIRAE_RETURN_IF_ERROR(MakeStream(server->url(), "BENCH", kSubjects));
  return PublishAll(server->url(), messages, conditions.interrupt);
}

// Events a second, from the relay's start to the acknowledgement of the last.
absl::StatusOr<double> PublishByRelay(const Conditions& conditions, progress::EventStore& store) {
  conditions.progress.Show("relay_publish");
  const testing::TempFolder folder;
  EDIRAE_ASSIGN_OR_RETURN(const auto server, process::NatsServer::Start({.folder = folder.path()}));
  const SystemClock clock;
  Metrics metrics;
  progress::RelayOptions options;
  options.nats_url = server->url();
  const absl::Time start = absl::Now();
  EDIRAE_ASSIGN_OR_RETURN(const auto relay, progress::OutboxRelay::Start(options, store, clock, metrics));
  EDIRAE_RETURN_IF_ERROR(WaitForCount(
      conditions, metrics.Counter("edirae_progress_published_total", "Events that the stream acknowledged."),
      EventsOf(kOutbox)));
  return static_cast<double>(EventsOf(kOutbox)) / absl::ToDoubleSeconds(absl::Now() - start);
}

absl::StatusOr<double> ReadBare(const Conditions& conditions, const std::string& url) {
  conditions.progress.Show("catch_up: bare reading of the same stream");
  return ReadOrdered(url, kSubjects, EventsOf(kBacklog), conditions.interrupt);
}

// Events a second, from the start of a recommend without a past to the application of the last. Its catalog and ledger
// are away: nobody asks it anything, and the stream has no gap.
absl::StatusOr<double> CatchUp(const Conditions& conditions, const std::string& url) {
  conditions.progress.Show("catch_up");
  const testing::TempFolder folder;
  const SystemClock clock;
  Metrics metrics;
  recommend::RecommendSettings settings;
  settings.server.drain_delay = absl::ZeroDuration();
  settings.data = folder.path();
  settings.nats_url = url;
  settings.service_token = kBusToken;
  EDIRAE_ASSIGN_OR_RETURN(const int nobody, process::FreeLoopbackPort());
  const auto away = NewConnection(absl::StrCat("127.0.0.1:", nobody));
  const absl::Time start = absl::Now();
  EDIRAE_ASSIGN_OR_RETURN(const auto service, recommend::RecommendService::Start(settings, metrics, clock, away, away));
  EDIRAE_RETURN_IF_ERROR(
      WaitForCount(conditions, metrics.Counter("edirae_recommend_events_applied_total", "Events applied to states."),
                   EventsOf(kBacklog)));
  return static_cast<double>(EventsOf(kBacklog)) / absl::ToDoubleSeconds(absl::Now() - start);
}

}  // namespace

absl::Status MeasureRelay(const Conditions& conditions, Results& results) {
  const testing::TempFolder folder;
  EDIRAE_ASSIGN_OR_RETURN(const auto store, Record(conditions, "relay_publish", kOutbox, folder.path()));
  EDIRAE_ASSIGN_OR_RETURN(const auto messages, MessagesOf(*store, kOutbox));
  EDIRAE_ASSIGN_OR_RETURN(const double before, PublishBare(conditions, messages));
  EDIRAE_ASSIGN_OR_RETURN(const double relay, PublishByRelay(conditions, *store));
  EDIRAE_ASSIGN_OR_RETURN(const double after, PublishBare(conditions, messages));
  results.push_back({.name = "relay_publish",
                     .value = relay,
                     .unit = "events/s",
                     .limit = (before + after) / 2,
                     .least = kPromisedOfPublishing});
  return absl::OkStatus();
}

absl::Status MeasureCatchUp(const Conditions& conditions, Results& results) {
  const testing::TempFolder ledger, bus;
  EDIRAE_ASSIGN_OR_RETURN(const auto store, Record(conditions, "catch_up", kBacklog, ledger.path()));
  EDIRAE_ASSIGN_OR_RETURN(const auto messages, MessagesOf(*store, kBacklog));
  EDIRAE_ASSIGN_OR_RETURN(const auto server, process::NatsServer::Start({.folder = bus.path()}));
  EDIRAE_RETURN_IF_ERROR(MakeStream(server->url(), progress::kLearnerEventStream, kSubjects));
  EDIRAE_RETURN_IF_ERROR(PublishAll(server->url(), messages, conditions.interrupt).status());
  EDIRAE_ASSIGN_OR_RETURN(const double before, ReadBare(conditions, server->url()));
  EDIRAE_ASSIGN_OR_RETURN(const double caught_up, CatchUp(conditions, server->url()));
  EDIRAE_ASSIGN_OR_RETURN(const double after, ReadBare(conditions, server->url()));
  results.push_back({.name = "catch_up",
                     .value = caught_up,
                     .unit = "events/s",
                     .limit = (before + after) / 2,
                     .least = kPromisedOfReading});
  return absl::OkStatus();
}

}  // namespace edirae::bench
