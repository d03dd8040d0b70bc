#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "bench/measure/compare.h"
#include "bench/measure/large_catalog.h"
#include "bench/measure/measurements.h"
#include "bench/platform/publish.h"
#include "bench/platform/rest.h"
#include "bench/platform/steady_calls.h"
#include "common/status/macros.h"
#include "common/testing/temp_folder.h"
#include "edirae/catalog/v1/catalog_service.pb.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "services/catalog/load_content.h"

namespace edirae::bench {
namespace {

using testing::Platform;

constexpr int kLearners = 100;
constexpr int kCallsPerSecond = 200;  // meanwhile
constexpr int kSearchers = 2;
constexpr double kAllowedSwitchSeconds = 2;
constexpr double kAllowedSearchMillis = 20;
constexpr absl::Duration kLook = absl::Milliseconds(10);      // between looks at a revision
constexpr absl::Duration kSwitchPatience = absl::Minutes(2);  // with a switch, indexing included
constexpr absl::Duration kLead = absl::Seconds(1);            // of calls before something is published

// Asks one service by which revision it answers.
using Probe = std::function<absl::StatusOr<int64_t>()>;

template <class Response, class Request>
Probe RevisionOf(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, const Request& request,
                 const std::string& authorization) {
  return [=]() -> absl::StatusOr<int64_t> {
    EDIRAE_ASSIGN_OR_RETURN(const auto response, Ask<Response>(channel, method, request, authorization));
    return response.catalog_revision();
  };
}

// All that can be asked: what every service answers by, and what searches look into.
struct Observed {
  std::vector<Probe> services;
  std::vector<Probe> searches;
};

Observed Observe(const Classroom& classroom) {
  Observed observed;
  const Platform& platform = classroom.platform();
  const std::string learner = classroom.learners().front().authorization;
  const std::string service = absl::StrCat("Bearer ", platform.service_token());
  const auto catalog = NewConnection(platform.catalog().address());
  const auto gateway = NewConnection(platform.gateway().address());
  catalog::v1::SearchRequest search_catalog;
  search_catalog.set_query("gradient");
  learn::v1::SearchRequest search_gateway;
  search_gateway.set_query("gradient");
  observed.services.push_back(RevisionOf<catalog::v1::ListRoadmapsResponse>(
      catalog, "/edirae.catalog.v1.CatalogService/ListRoadmaps", catalog::v1::ListRoadmapsRequest(), service));
  observed.services.push_back(RevisionOf<learn::v1::ListRoadmapsResponse>(
      gateway, "/edirae.learn.v1.LearnService/ListRoadmaps", learn::v1::ListRoadmapsRequest(), learner));
  observed.searches.push_back(RevisionOf<catalog::v1::SearchResponse>(
      catalog, "/edirae.catalog.v1.CatalogService/Search", search_catalog, service));
  observed.searches.push_back(
      RevisionOf<learn::v1::SearchResponse>(gateway, "/edirae.learn.v1.LearnService/Search", search_gateway, learner));
  // progress and recommend both say which revision they answered by.
  learn::v1::GetHomeRequest home;
  home.set_roadmap_id(classroom.roadmap_id());
  observed.services.push_back([=]() -> absl::StatusOr<int64_t> {
    EDIRAE_ASSIGN_OR_RETURN(const auto response, Ask<learn::v1::GetHomeResponse>(
                                                     gateway, "/edirae.learn.v1.LearnService/GetHome", home, learner));
    return std::min(response.home().progress().catalog_revision(), response.home().next_steps().catalog_revision());
  });
  return observed;
}

// Asks until the answer is by `revision` or a later one, and says when that was.
absl::StatusOr<absl::Time> WaitFor(int64_t revision, const Probe& probe, const Interrupt& interrupt) {
  const absl::Time deadline = absl::Now() + kSwitchPatience;
  while (absl::Now() < deadline) {
    const absl::StatusOr<int64_t> now = probe();
    if (now.ok() && *now >= revision) return absl::Now();
    EDIRAE_RETURN_IF_ERROR(interrupt.Pause(kLook));
  }
  return absl::DeadlineExceededError(
      absl::StrCat("revision ", revision, " is not everywhere after ", absl::FormatDuration(kSwitchPatience)));
}

// Watches for a revision from now on, each place on a thread of its own.
class Arrivals {
 public:
  Arrivals(int64_t revision, const std::vector<Probe>& places, const Interrupt& interrupt) : times_(places.size()) {
    for (size_t i = 0; i < places.size(); ++i) {
      threads_.emplace_back(
          [this, i, revision, probe = places[i], &interrupt] { times_[i] = WaitFor(revision, probe, interrupt); });
    }
  }

  ~Arrivals() { Join(); }

  // When the last of them had it.
  absl::StatusOr<absl::Time> Last() {
    Join();
    absl::Time last = absl::InfinitePast();
    for (const auto& time : times_) {
      EDIRAE_RETURN_IF_ERROR(time.status());
      last = std::max(last, *time);
    }
    return last;
  }

 private:
  void Join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::vector<absl::StatusOr<absl::Time>> times_;
  std::vector<std::thread> threads_;
};

struct Switch {
  double publish_seconds = 0;   // until the author had the answer
  double services_seconds = 0;  // from there on, for the services
  double search_seconds = 0;    // and for searches
};

absl::StatusOr<Switch> MeasureSwitch(const Conditions& conditions, const Classroom& classroom,
                                     const catalog::v1::RevisionContent& content, int64_t head) {
  const Observed observed = Observe(classroom);
  EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Pause(kLead));
  Arrivals services(head + 1, observed.services, conditions.interrupt);
  Arrivals searches(head + 1, observed.searches, conditions.interrupt);
  EDIRAE_ASSIGN_OR_RETURN(const Published published, Publish(classroom.platform(), content, head));
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time answered, services.Last());
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time searched, searches.Last());
  return Switch{.publish_seconds = absl::ToDoubleSeconds(published.took),
                .services_seconds = absl::ToDoubleSeconds(answered - published.publish_time),
                .search_seconds = absl::ToDoubleSeconds(searched - published.publish_time)};
}

// What an author does on an ordinary day: three concepts get another text, question or card.
void EditALittle(catalog::v1::RevisionContent& content) {
  for (const int place : {11, 5'000, 9'998}) {
    content.mutable_lessons(place)->mutable_explanation()->append("\n\nOne more thing about zymurgy.\n");
    auto& question = *content.mutable_questions(place * 10)->mutable_question();
    question.mutable_prompt()->append(" Think twice.");
  }
  auto& stage = *content.mutable_roadmaps(3)->mutable_stages(7);
  stage.mutable_concepts(0)->set_title("Another title");
}

// Searches of all kinds, one behind the other.
absl::Status MeasureSearch(const Conditions& conditions, const Classroom& classroom, Results& results) {
  constexpr const char* kQueries[] = {"gradient weight",
                                      "loss",
                                      "concept 12 roadmap 3",
                                      "gradeint",
                                      "slope falls mo",
                                      "learns exampel",
                                      "the book",
                                      "zymurgy",
                                      "weight de",
                                      "predict compare step"};
  std::vector<grpc::ByteBuffer> requests;
  for (const char* query : kQueries) {
    learn::v1::SearchRequest request;
    request.set_query(query);
    requests.push_back(ToByteBuffer(request.SerializeAsString()));
  }
  conditions.progress.Show("catalog_search_p99_ms");
  Load load;
  load.address = classroom.platform().gateway().address();
  load.method = "/edirae.learn.v1.LearnService/Search";
  load.concurrency = kSearchers;
  load.warm_up = conditions.warm_up();
  load.window = conditions.window;
  std::atomic<size_t> turn = 0;
  load.next = [&](int, Call& call) {
    const size_t at = turn++;
    call.request = requests[at % requests.size()];
    call.authorization = &classroom.learners()[at % classroom.learners().size()].authorization;
    return true;
  };
  EDIRAE_ASSIGN_OR_RETURN(const LoadResult result, RunLoad(load, conditions.interrupt));
  results.push_back({.name = "catalog_search_p99_ms",
                     .value = absl::ToDoubleMilliseconds(result.latencies.Quantile(0.99)),
                     .unit = "ms",
                     .limit = kAllowedSearchMillis,
                     .most = 1});
  return absl::OkStatus();
}

absl::StatusOr<catalog::v1::RevisionContent> LoadedFrom(const std::string& folder) {
  catalog::LoadedContent loaded = catalog::LoadContent(folder);
  if (!loaded.findings.empty()) return absl::InternalError("the generated catalog has findings");
  return std::move(loaded.content);
}

// Both switches, on a platform that serves revision 1.
absl::Status MeasureOn(const Conditions& conditions, const Platform& platform, const std::string& folder,
                       const std::string& other_folder, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(const auto classroom, Classroom::Open(platform, kLearners));
  conditions.progress.Show("indexing the catalog");
  for (const Probe& search : Observe(*classroom).searches) {
    EDIRAE_RETURN_IF_ERROR(WaitFor(1, search, conditions.interrupt).status());
  }
  EDIRAE_ASSIGN_OR_RETURN(catalog::v1::RevisionContent content, LoadedFrom(folder));
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kSwitchPatience, conditions.interrupt));

  SteadyCalls calls(*classroom, kCallsPerSecond);
  conditions.progress.Show("catalog_switch_s: three concepts");
  EditALittle(content);
  EDIRAE_ASSIGN_OR_RETURN(const Switch small, MeasureSwitch(conditions, *classroom, content, 1));
  calls.Stop();
  EDIRAE_RETURN_IF_ERROR(MeasureSearch(conditions, *classroom, results));

  EDIRAE_ASSIGN_OR_RETURN(content, LoadedFrom(other_folder));
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kSwitchPatience, conditions.interrupt));
  SteadyCalls more_calls(*classroom, kCallsPerSecond);
  conditions.progress.Show("catalog_switch_total_s: everything");
  EDIRAE_ASSIGN_OR_RETURN(const Switch total, MeasureSwitch(conditions, *classroom, content, 2));
  more_calls.Stop();

  const auto seconds = [&](const std::string& name, double value, bool promised) {
    Result result{.name = name, .value = value, .unit = "s", .limit = promised ? kAllowedSwitchSeconds : value};
    if (promised) result.most = 1;
    results.push_back(std::move(result));
  };
  seconds("catalog_publish_s", small.publish_seconds, false);
  seconds("catalog_switch_s", std::max(small.services_seconds, small.search_seconds), true);
  seconds("catalog_publish_total_s", total.publish_seconds, false);
  seconds("catalog_switch_total_s", total.services_seconds, true);
  seconds("catalog_switch_total_search_s", total.search_seconds, false);
  results.push_back({.name = "catalog_switch_slowest_call_ms",
                     .value = absl::ToDoubleMilliseconds(std::max(calls.slowest(), more_calls.slowest())),
                     .unit = "ms",
                     .limit = static_cast<double>(calls.made() + more_calls.made())});
  results.push_back({.name = "catalog_switch_failed_calls",
                     .value = static_cast<double>(calls.failed() + more_calls.failed()),
                     .unit = "calls",
                     .limit = 1,
                     .most = 0});
  if (calls.failed() > 0) return calls.first_failure();
  return more_calls.failed() > 0 ? more_calls.first_failure() : absl::OkStatus();
}

}  // namespace

absl::Status MeasureCatalogSwitch(const Conditions& conditions, const std::string& programs, Results& results) {
  conditions.progress.Show("writing two catalogs of 10,000 concepts and 100,000 questions");
  const testing::TempFolder folder, other_folder;
  catalog::testing::WriteGeneratedCatalog(folder.path(), kLargeCatalog, 1);
  catalog::testing::WriteGeneratedCatalog(other_folder.path(), kLargeCatalog, 2);
  EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
  conditions.progress.Show("starting the platform with a large catalog");
  const auto platform =
      Platform::StartSplit({.programs = programs, .content = folder.path(), .log_level = "info", .cancelled = [&] {
                              return !conditions.interrupt.Check().ok();
                            }});
  if (!platform.ok()) return platform.status();
  absl::Status measured = MeasureOn(conditions, **platform, folder.path(), other_folder.path(), results);
  if (measured.ok()) return measured;
  return absl::Status(measured.code(), absl::StrCat(measured.message(), "\n", (*platform)->LogTails()));
}

}  // namespace edirae::bench
