#include <sys/resource.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "bench/measure/compare.h"
#include "bench/measure/figures.h"
#include "bench/measure/large_catalog.h"
#include "bench/measure/load_catalog.h"
#include "bench/measure/measurements.h"
#include "bench/measure/run_again.h"
#include "common/process/loopback_port.h"
#include "common/status/macros.h"
#include "common/testing/temp_folder.h"
#include "edirae/catalog/v1/catalog_service.pb.h"
#include "services/catalog/load_content.h"
#include "tests/platform/program.h"

namespace edirae::bench {
namespace {

using catalog::testing::CatalogSize;

constexpr CatalogSize kSmall{.roadmaps = 1, .concepts = 24, .questions = 240};
constexpr uint64_t kSeed = 1;
constexpr double kAllowedLoadSeconds = 3;
constexpr double kAllowedMemoryRatio = 10;
constexpr double kAllowedSlowdown = 1.3;
constexpr char kToken[] = "bench-of-the-catalog-needs-a-secret-of-its-own";
constexpr char kGetConcept[] = "/edirae.catalog.v1.CatalogService/GetConcept";

// Reads every file once, as bytes.
double ReadFiles(const std::string& folder) {
  const absl::Time start = absl::Now();
  std::vector<char> buffer(1024 * 1024);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) std::ifstream(entry.path()).read(buffer.data(), static_cast<int>(buffer.size()));
  }
  return absl::ToDoubleSeconds(absl::Now() - start);
}

// Calls of GetConcept a second against a catalog program that serves the folder; all concepts in turn.
absl::StatusOr<double> GetConcepts(const Conditions& conditions, const std::string& folder, const CatalogSize& size,
                                   const std::string& log) {
  EDIRAE_ASSIGN_OR_RETURN(const int port, process::FreeLoopbackPort());
  const std::string address = absl::StrCat("127.0.0.1:", port);
  const std::string programs = std::filesystem::canonical("/proc/self/exe").parent_path();
  const edirae::testing::TempFolder data;
  edirae::testing::Program program({.argv = {programs + "/edirae-catalog", "--content", folder, "--data", data.path(),
                                             "--listen", address, "--metrics-listen", "", "--log-level", "error"},
                                    .environment = {{"EDIRAE_SERVICE_TOKEN", kToken}},
                                    .address = address,
                                    .log_file = log});
  EDIRAE_RETURN_IF_ERROR(program.Start());
  EDIRAE_RETURN_IF_ERROR(program.WaitReady([&] { return !conditions.interrupt.Check().ok(); }));
  const std::string authorization = absl::StrCat("Bearer ", kToken);
  // As many for the small catalog, so that the generator's own memory weighs the same.
  std::vector<grpc::ByteBuffer> requests;
  for (int i = 0; i < kLargeCatalog.concepts; ++i) {
    catalog::v1::GetConceptRequest request;
    const int concepts_each = size.concepts / size.roadmaps;
    const int asked = i % size.concepts;
    request.set_concept_id(absl::StrCat("concept-", asked / concepts_each, "-", asked % concepts_each));
    requests.push_back(ToByteBuffer(request.SerializeAsString()));
  }
  Load load;
  load.address = address;
  load.method = kGetConcept;
  std::vector<size_t> next(static_cast<size_t>(conditions.concurrency));
  load.next = [&](int lane, Call& call) {
    size_t& at = next[static_cast<size_t>(lane)];
    call.request = requests[(at + static_cast<size_t>(lane) * 97) % requests.size()];
    call.authorization = &authorization;
    at += 7919;  // a prime, so that neighbours are not asked for together
    return true;
  };
  EDIRAE_ASSIGN_OR_RETURN(const LoadResult result, RunUnder(conditions, std::move(load), conditions.window));
  program.Stop();
  return result.per_second;
}

}  // namespace

int LoadCatalog(const std::string& folder) {
  const absl::Time start = absl::Now();
  const catalog::LoadedContent loaded = catalog::LoadContent(folder);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%f %f\n", seconds, static_cast<double>(usage.ru_maxrss) / 1024);
  return loaded.findings.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

absl::Status MeasureCatalogScale(const Conditions& conditions, Results& results) {
  conditions.progress.Show("writing a catalog of 10,000 concepts and 100,000 questions");
  const testing::TempFolder large, small, logs;
  const auto bytes = static_cast<double>(catalog::testing::WriteGeneratedCatalog(large.path(), kLargeCatalog, kSeed));
  catalog::testing::WriteGeneratedCatalog(small.path(), kSmall, kSeed);
  EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());

  conditions.progress.Show("loading it");
  const double bare = ReadFiles(large.path());
  EDIRAE_ASSIGN_OR_RETURN(const std::vector<double> cost, RunAgain({"load-catalog", "--folder", large.path()}, 2));
  results.push_back({.name = "catalog_read_files_s", .value = bare, .unit = "s", .limit = bare});
  results.push_back(
      {.name = "catalog_load_s", .value = cost[0], .unit = "s", .limit = kAllowedLoadSeconds, .most = 1.0});
  results.push_back({.name = "catalog_load_memory_ratio",
                     .value = cost[1],
                     .unit = "MB",
                     .limit = bytes / kMegabyte,
                     .most = kAllowedMemoryRatio});
  EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());

  conditions.progress.Show("reading its concepts");
  EDIRAE_ASSIGN_OR_RETURN(const double before, GetConcepts(conditions, small.path(), kSmall, logs.File("small")));
  EDIRAE_ASSIGN_OR_RETURN(const double of_large,
                          GetConcepts(conditions, large.path(), kLargeCatalog, logs.File("large")));
  EDIRAE_ASSIGN_OR_RETURN(const double after, GetConcepts(conditions, small.path(), kSmall, logs.File("again")));
  const double of_small = (before + after) / 2;
  results.push_back({.name = "catalog_get_concept_ratio",
                     .value = 1e6 / of_large,
                     .unit = "us/call",
                     .limit = 1e6 / of_small,
                     .most = kAllowedSlowdown});
  return absl::OkStatus();
}

}  // namespace edirae::bench
