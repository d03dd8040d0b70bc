#include "tests/tidy/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace edirae::tidy {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

auto At(const std::string& path, int line, const std::string& rule) {
  return AllOf(Field(&Finding::path, path), Field(&Finding::line, line), Field(&Finding::rule, rule));
}

std::string LinesOf(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "x\n";
  return text;
}

TEST(TidyFiles, AcceptsATreeThatFollowsTheRules) {
  EXPECT_THAT(CheckFiles({{"services/progress/domain/fold.cc", LinesOf(400)},
                          {"services/progress/limits.h", ""},
                          {"gateway/main.cc", ""},
                          {"gateway/limits.h", ""},
                          {"content/long.yaml", LinesOf(2000)},
                          {"README.md", "See https://example.org/docs and build/work/x.\n"}}),
              IsEmpty());
}

TEST(TidyFiles, CodeHasABoundedLength) {
  EXPECT_THAT(CheckFiles({{"common/a.cc", LinesOf(401)},
                          {"proto/a.proto", LinesOf(500)},
                          {"tools/run", "#!/bin/sh\n" + LinesOf(400)}}),
              ElementsAre(At("common/a.cc", 401, "length"), At("proto/a.proto", 401, "length"),
                          At("tools/run", 401, "length")));
}

TEST(TidyFiles, NoBinaries) {
  EXPECT_THAT(CheckFiles({{"docs/picture", std::string("\x89PNG\0\r", 6)}}),
              ElementsAre(At("docs/picture", 1, "binary")));
}

TEST(TidyFiles, NothingThatTheBuildMakes) {
  EXPECT_THAT(CheckFiles({{"gen/a.grpc.pb.cc", ""}, {"gen/a.pb.h", ""}, {"tools/buf/node_modules/x.js", ""}}),
              ElementsAre(At("gen/a.grpc.pb.cc", 1, "generated"), At("gen/a.pb.h", 1, "generated"),
                          At("tools/buf/node_modules/x.js", 1, "generated")));
}

TEST(TidyFiles, EachServiceHasItsLimits) {
  EXPECT_THAT(
      CheckFiles({{"gateway/main.cc", ""}, {"services/catalog/rpc/limits.h", ""}, {"services/catalog/main.cc", ""}}),
      ElementsAre(At("gateway/limits.h", 1, "limits"), At("services/catalog/limits.h", 1, "limits")));
}

class RegistryAddress : public ::testing::TestWithParam<std::string> {};

TEST_P(RegistryAddress, IsReported) {
  EXPECT_THAT(CheckFiles({{"some/file", "fine\n" + GetParam() + "\n"}}), ElementsAre(At("some/file", 2, "registry")));
}

// Adjoining literals, so that this file itself does not break the rule.
INSTANTIATE_TEST_SUITE_P(Uses, RegistryAddress,
                         ::testing::Values("deb http:"
                                           "//packages.example/debian bookworm main",
                                           "URIs: http:"
                                           "//packages.example/debian",
                                           "  \"resolved\": \"https:"
                                           "//packages.example/x.tgz\",",
                                           "registry=https:"
                                           "//packages.example/",
                                           "curl https:"
                                           "//deb.example/x",
                                           "https:"
                                           "//eu.registry.example:443/x",
                                           "pip --index-url https:"
                                           "//packages.example/simple"));

TEST(TidyFiles, NoPathOfOneMachine) {
  EXPECT_THAT(CheckFiles({{"docs/a.md",
                           "Run /wor"
                           "k/main/tool.\n"},
                          {"b.sh",
                           "cd \"/wor"
                           "k/main\"\n"}}),
              ElementsAre(At("b.sh", 1, "machine"), At("docs/a.md", 1, "machine")));
}

}  // namespace
}  // namespace edirae::tidy
