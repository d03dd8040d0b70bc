#include "common/catalog_reads/masked_answers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/catalog_reads/limits.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/catalog_service.pb.h"

namespace edirae::catalog_reads {
namespace {

using catalog::v1::GetRoadmapResponse;
using catalog::v1::Roadmap;

absl::StatusOr<ReadMask> MaskOf(const std::vector<std::string>& paths) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return ReadMask::Parse(mask, *Roadmap::descriptor());
}

Roadmap Example() {
  Roadmap roadmap;
  roadmap.set_roadmap_id("ml");
  roadmap.set_title("Machine learning");
  roadmap.mutable_duration()->set_min_months(3);
  roadmap.mutable_duration()->set_max_months(5);
  for (const char* id : {"one", "two"}) {
    catalog::v1::Stage& stage = *roadmap.add_stages();
    stage.set_stage_id(id);
    stage.set_goal("goal");
    stage.add_concepts()->set_title(absl::StrCat("concept of ", id));
  }
  return roadmap;
}

Roadmap Trimmed(const std::vector<std::string>& paths) {
  Roadmap roadmap = Example();
  const auto mask = MaskOf(paths);
  EXPECT_OK(mask);
  mask->Trim(roadmap);
  return roadmap;
}

TEST(ReadMask, KeepsWhatItNamesThroughSingleAndRepeatedMessages) {
  EXPECT_EQ(Trimmed({"title"}).ShortDebugString(), "title: \"Machine learning\"");
  EXPECT_EQ(Trimmed({"duration.min_months"}).ShortDebugString(), "duration { min_months: 3 }");
  EXPECT_EQ(Trimmed({"stages.stage_id"}).ShortDebugString(),
            R"(stages { stage_id: "one" } stages { stage_id: "two" })");
  EXPECT_EQ(Trimmed({"stages.concepts.title"}).stages(1).concepts(0).title(), "concept of two");
  EXPECT_EQ(Trimmed({"stages.concepts.title"}).stages(1).goal(), "");
}

TEST(ReadMask, TakesTheWiderOfTwoPathsInAnyOrder) {
  EXPECT_EQ(Trimmed({"stages", "stages.stage_id"}).stages(0).goal(), "goal");
  EXPECT_EQ(Trimmed({"stages.stage_id", "stages"}).stages(0).goal(), "goal");
  EXPECT_EQ(MaskOf({"title", "stages"})->Canonical(), MaskOf({"stages", "title", "stages"})->Canonical());
  EXPECT_NE(MaskOf({"title"})->Canonical(), MaskOf({"stages.title"})->Canonical());
}

TEST(ReadMask, RefusesPathsThatDoNotExistAndNamesThem) {
  for (const std::string& path :
       {std::string("tittle"), std::string("title.length"), std::string("stages.none"), std::string(""),
        std::string("."), std::string("stages."), std::string("*"), std::string("a\0b", 3)}) {
    const auto mask = MaskOf({"title", path});
    EXPECT_EQ(ErrorInfoOf(mask.status()).reason(), "READ_MASK_INVALID") << path;
    EXPECT_EQ(ErrorInfoOf(mask.status()).metadata().at("path"), path);
  }
  EXPECT_FALSE(MaskOf({std::string(1 << 20, 'a')}).ok());
  EXPECT_FALSE(MaskOf(std::vector<std::string>(limits::kMaxMaskPaths + 1, "title")).ok());
  EXPECT_OK(MaskOf(std::vector<std::string>(limits::kMaxMaskPaths, "title")));
}

class MaskedAnswersTest : public ::testing::Test {
 protected:
  MaskedAnswersTest() {
    GetRoadmapResponse response;
    *response.mutable_roadmap() = Example();
    response.set_catalog_revision(7);
    whole_ = std::make_shared<const std::string>(response.SerializeAsString());
  }

  rpc::Bytes Get(const std::string& key, const std::vector<std::string>& paths) {
    auto bytes = masked_.Get(key, *MaskOf(paths), whole_, GetRoadmapResponse::default_instance());
    EXPECT_OK(bytes);
    return *bytes;
  }

  MaskedAnswers masked_;
  rpc::Bytes whole_;
};

TEST_F(MaskedAnswersTest, TrimTheItemAndNothingAroundIt) {
  GetRoadmapResponse response;
  ASSERT_TRUE(response.ParseFromString(*Get("ml", {"title"})));
  EXPECT_EQ(response.ShortDebugString(), "roadmap { title: \"Machine learning\" } catalog_revision: 7");
}

TEST_F(MaskedAnswersTest, AreKeptForEachKeyAndMask) {
  const rpc::Bytes first = Get("ml", {"title", "stages"});
  EXPECT_EQ(first.get(), Get("ml", {"stages", "title"}).get());
  EXPECT_NE(first.get(), Get("ml", {"title"}).get());
  EXPECT_NE(first.get(), Get("other", {"title", "stages"}).get());
}

TEST_F(MaskedAnswersTest, AreLetGoWhenThereAreTooMany) {
  const rpc::Bytes first = Get("ml", {"title"});
  const std::weak_ptr<const std::string> second = Get("other", {"title"});
  EXPECT_FALSE(second.expired());
  for (size_t i = 0; i < limits::kMaxMaskedAnswers; ++i) Get(absl::StrCat("key", i), {"title"});
  EXPECT_TRUE(second.expired());
  EXPECT_EQ(*Get("ml", {"title"}), *first);
}

}  // namespace
}  // namespace edirae::catalog_reads
