#include "tests/tidy/includes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace edirae::tidy {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A small tree in which everything is where it belongs, with one file more.
std::vector<Finding> CheckWith(const SourceFile& added) {
  return CheckIncludes({
      {"common/ids/ids.h", "#include <string>\n"},
      {"common/clock/clock.h", "#include <mutex>\n"},
      {"common/nats/bus.h", "#include \"common/clock/clock.h\"\n#include <nats/nats.h>\n"},
      {"common/testing/seed.h", ""},
      {"services/progress/limits.h", ""},
      {"services/progress/settings.h", ""},
      {"services/progress/domain/fold.h",
       "#include \"absl/time/time.h\"\n#include \"common/ids/ids.h\"\n"
       "#include \"edirae/events/v1/learner_event.pb.h\"\n#include \"services/progress/limits.h\"\n"},
      {"services/progress/domain/fold_test.cc", "#include \"common/testing/seed.h\"\n#include <thread>\n"},
      {"services/progress/adapters/store.h",
       "#include <sqlite3.h>\n#include \"common/nats/bus.h\"\n#include \"services/progress/domain/fold.h\"\n"},
      {"services/progress/rpc/handlers.h",
       "#include <grpcpp/grpcpp.h>\n#include \"services/progress/domain/fold.h\"\n"},
      {"services/progress/main.cc",
       "#include \"services/progress/adapters/store.h\"\n#include \"services/progress/rpc/handlers.h\"\n"
       "#include \"services/progress/settings.h\"\n"},
      {"services/catalog/domain/roadmap.h", ""},
      {"gateway/auth/token.h", ""},
      {"gateway/rpc/handlers.h", "#include \"gateway/auth/token.h\"\n"},
      {"cli/serve.cc",
       "#include \"services/progress/rpc/handlers.h\"\n#include \"services/catalog/domain/roadmap.h\"\n"},
      {"cli/serve.h", ""},
      {"tests/e2e/two.cc", "#include \"gateway/auth/token.h\"\n#include \"cli/serve.h\"\n"},
      added,
  });
}

auto At(const std::string& path, int line, const std::string& rule, const std::string& message) {
  return AllOf(Field(&Finding::path, path), Field(&Finding::line, line), Field(&Finding::rule, rule),
               Field(&Finding::message, HasSubstr(message)));
}

TEST(TidyIncludes, AcceptsATreeThatFollowsTheRules) {
  EXPECT_THAT(CheckWith({"common/log/log.h", "#include \"common/ids/ids.h\"\n"}), IsEmpty());
}

TEST(TidyIncludes, ServicesDoNotKnowEachOther) {
  const std::string path = "services/recommend/rpc/handlers.cc";
  EXPECT_THAT(CheckWith({path, "\n#include \"services/catalog/domain/roadmap.h\"\n"}),
              ElementsAre(At(path, 2, "services", "services/catalog")));
}

TEST(TidyIncludes, TheGatewayIsAServiceToo) {
  EXPECT_THAT(CheckWith({"gateway/service.cc", "#include \"services/progress/limits.h\"\n"}),
              ElementsAre(At("gateway/service.cc", 1, "services", "services/progress")));
  EXPECT_THAT(CheckWith({"services/recommend/main.cc", "#include \"gateway/auth/token.h\"\n"}),
              ElementsAre(At("services/recommend/main.cc", 1, "services", "gateway")));
}

TEST(TidyIncludes, CommonDoesNotKnowWhatIsBuiltOnIt) {
  const std::string path = "common/status/error.cc";
  EXPECT_THAT(CheckWith({path, "#include \"services/progress/limits.h\"\n#include \"cli/serve.h\"\n"}),
              ElementsAre(At(path, 1, "common", "services/progress"), At(path, 2, "programs", "cli/")));
}

TEST(TidyIncludes, NobodyIncludesAProgramOrATest) {
  const std::string path = "services/progress/start.cc";
  EXPECT_THAT(CheckWith({path, "#include \"bench/load.h\"\n#include \"tests/e2e/two.h\"\n"}),
              ElementsAre(At(path, 1, "programs", "bench/"), At(path, 2, "programs", "tests/")));
}

TEST(TidyIncludes, RpcAndAdaptersKnowTheDomainOnly) {
  const std::string rpc = "services/progress/rpc/answer.cc";
  EXPECT_THAT(CheckWith({rpc, "#include \"services/progress/adapters/store.h\"\n"}),
              ElementsAre(At(rpc, 1, "layers", "rpc/ must not include adapters/")));
  const std::string adapter = "services/progress/adapters/relay.cc";
  EXPECT_THAT(CheckWith({adapter, "#include \"services/progress/rpc/handlers.h\"\n"}),
              ElementsAre(At(adapter, 1, "layers", "adapters/ must not include rpc/")));
}

TEST(TidyIncludes, NoFolderKnowsMain) {
  const std::string path = "services/progress/rpc/answer.cc";
  EXPECT_THAT(CheckWith({path, "#include \"services/progress/limits.h\"\n#include \"services/progress/settings.h\"\n"}),
              ElementsAre(At(path, 2, "layers", "belongs to main")));
}

TEST(TidyIncludes, TheDomainSeesNoOtherLayer) {
  const std::string path = "services/progress/domain/gate.cc";
  EXPECT_THAT(CheckWith({path, "#include \"services/progress/adapters/relay.h\"\n"}),
              ElementsAre(At(path, 1, "layers", "domain/ must not include adapters/")));
}

class ForbiddenInDomain : public ::testing::TestWithParam<const char*> {};

TEST_P(ForbiddenInDomain, IsReported) {
  const std::string path = "services/progress/domain/gate.h";
  EXPECT_THAT(CheckWith({path, std::string("#include <string>\n# include ") + GetParam() + "  // why\n"}),
              ElementsAre(At(path, 2, "domain", "domain/ must not see ")));
}

INSTANTIATE_TEST_SUITE_P(Headers, ForbiddenInDomain,
                         ::testing::Values("<grpcpp/grpcpp.h>", "\"grpc/grpc.h\"", "<nats/nats.h>", "<sqlite3.h>",
                                           "<spdlog/spdlog.h>", "<thread>", "<mutex>", "<chrono>", "<fstream>",
                                           "\"absl/synchronization/mutex.h\"", "\"absl/time/clock.h\"",
                                           "\"edirae/catalog/v1/catalog_service.grpc.pb.h\""));

TEST(TidyIncludes, TheDomainDoesNotReachAForbiddenHeaderThroughAnother) {
  const std::string path = "services/progress/domain/gate.h";
  EXPECT_THAT(CheckWith({path, "#include \"common/ids/ids.h\"\n#include \"common/nats/bus.h\"\n"}),
              ElementsAre(At(path, 2, "domain", "through common/nats/bus.h")));
}

TEST(TidyIncludes, OnlyTestsIncludeWhatIsForTests) {
  const std::string path = "services/progress/adapters/relay.cc";
  EXPECT_THAT(CheckWith({path, "#include \"common/testing/seed.h\"\n"}),
              ElementsAre(At(path, 1, "testing", "for tests only")));
  EXPECT_THAT(CheckWith({"services/progress/testing/fake.h", "#include \"common/testing/seed.h\"\n"}), IsEmpty());
}

TEST(TidyIncludes, AServiceHasTheFoldersOfTheArchitecture) {
  EXPECT_THAT(CheckWith({"services/progress/stuff/x.h", ""}),
              ElementsAre(At("services/progress/stuff/x.h", 1, "folder", "stuff/")));
}

TEST(TidyIncludes, OurHeadersAreIncludedFromTheRoot) {
  const std::string path = "services/progress/adapters/relay_test.cc";
  EXPECT_THAT(CheckWith({path, "#include \"store.h\"\n"}),
              ElementsAre(At(path, 1, "path", "services/progress/adapters/store.h")));
}

}  // namespace
}  // namespace edirae::tidy
