#include "services/recommend/adapters/recorded_responses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <tuple>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr char kHeader[] = "user_id\titem_id\tskill_ids\ttimestamp_seconds\tcorrect\tsplit\n";

class RecordedResponsesTest : public ::testing::Test {
 protected:
  absl::StatusOr<RecordedResponses> Read(const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
    return ReadRecordedResponses(path);
  }
  // What is said of a table whose second line is `line`.
  std::string Refusal(const std::string& line) {
    const auto read = Read(std::string(kHeader) + "ada\tq1\t1~2\t7\t1\ttrain\n" + line + "\n");
    return std::string(read.status().message());
  }

  testing::TempFolder folder;
  const std::string path = folder.File("answers.tsv");
};

TEST_F(RecordedResponsesTest, AreReadInOrder) {
  const auto read =
      Read(std::string(kHeader) + "ada\tq1\t1~2\t7\t1\ttrain\nada\tq2\t\t0\t0\ttrain\r\nbob\tq1\t2\t9.5\t1\ttest");
  ASSERT_OK(read);
  EXPECT_THAT(read->learner_ids, ElementsAre("ada", "bob"));
  EXPECT_THAT(read->is_test, ElementsAre(false, true));
  ASSERT_EQ(read->log.responses.size(), 3u);
  const auto& [first, second, third] = std::tie(read->log.responses[0], read->log.responses[1], read->log.responses[2]);
  EXPECT_EQ(first.item, third.item);
  EXPECT_NE(first.item, second.item);
  EXPECT_EQ(first.time_seconds, 7);
  EXPECT_EQ(third.time_seconds, 9);
  EXPECT_TRUE(first.correct);
  EXPECT_FALSE(second.correct);
  EXPECT_EQ(read->log.QuestionOf(first).concepts.size(), 2u);
  EXPECT_TRUE(read->log.QuestionOf(second).concepts.empty());
  EXPECT_EQ(read->log.QuestionOf(first).concepts[1], read->log.QuestionOf(third).concepts[0]);
}

TEST_F(RecordedResponsesTest, MalformedLinesAreRefusedByNumber) {
  EXPECT_THAT(Refusal("ada\tq1\t1\t7\t1"), EndsWith("answers.tsv:3: 5 columns instead of 6"));
  EXPECT_THAT(Refusal("ada\tq1\t1\t7\t2\ttrain"), EndsWith("answers.tsv:3: correct is '2', not 0 or 1"));
  EXPECT_THAT(Refusal("ada\tq1\t1\t-7\t1\ttrain"), HasSubstr("timestamp_seconds '-7'"));
  EXPECT_THAT(Refusal("ada\tq1\t1\tnan\t1\ttrain"), HasSubstr("timestamp_seconds 'nan'"));
  EXPECT_THAT(Refusal("ada\tq1\t1~~2\t7\t1\ttrain"), HasSubstr("skill_ids is empty"));
  EXPECT_THAT(Refusal("ada\t\t1\t7\t1\ttrain"), HasSubstr("item_id is empty"));
  EXPECT_THAT(Refusal("\tq1\t1\t7\t1\ttrain"), HasSubstr("user_id is empty"));
  EXPECT_THAT(Refusal("ada\tq1\t1\t7\t1\tvalid"), HasSubstr("split is 'valid'"));
  EXPECT_THAT(Refusal("ada\tq1\t1\t7\t1\ttest"), HasSubstr("is in train and in test"));
  EXPECT_THAT(Refusal("bob\tq1\t1\t7\t1\ttest\nada\tq1\t1\t7\t1\ttrain"),
              HasSubstr("answers.tsv:4: user_id 'ada' was there"));
  EXPECT_EQ(Refusal(""), "") << "an empty line says nothing";
  EXPECT_THAT(Refusal("ada\tq1\t1\t1700000000000\t1\ttrain"), HasSubstr("a number of seconds"));
  EXPECT_THAT(Refusal("ada\tq1\t" + std::string(limits::kMaxLineBytes, '1') + "\t7\t1\ttrain"),
              HasSubstr("a line of more than"));
}

TEST_F(RecordedResponsesTest, NeedTheirHeader) {
  EXPECT_THAT(std::string(Read("ada\tq1\t1\t7\t1\ttrain\n").status().message()),
              HasSubstr(":1: the first line names no column 'user_id'"));
  EXPECT_EQ(Read("").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_OK(Read(kHeader));
}

TEST_F(RecordedResponsesTest, AreFoundByTheNamesOfTheirColumns) {
  const auto read = Read(
      "\xEF\xBB\xBFsplit\tcorrect\tuser_id\tattempt\titem_id\ttimestamp_seconds\tskill_ids\n"
      "train\t1.0\tada\t1\tq1\t\t1\n"
      "\n"
      "train\tFalse\tada\t2\tq2\t8\t1\n");
  ASSERT_OK(read);
  ASSERT_EQ(read->log.responses.size(), 2u);
  EXPECT_TRUE(read->log.responses[0].correct);
  EXPECT_EQ(read->log.responses[0].time_seconds, 0);
  EXPECT_FALSE(read->log.responses[1].correct);
  EXPECT_EQ(read->log.responses[1].time_seconds, 8);
}

TEST_F(RecordedResponsesTest, MayBeCompressedButNotCutOff) {
  std::string text = kHeader;
  for (int i = 0; i < 20'000; ++i) text += "ada\tq" + std::to_string(i * 7919 % 10'007) + "\t1\t7\t1\ttrain\n";
  gzFile file = gzopen(path.c_str(), "wb");
  ASSERT_EQ(gzwrite(file, text.data(), static_cast<unsigned>(text.size())), static_cast<int>(text.size()));
  gzclose(file);
  const auto whole = ReadRecordedResponses(path);
  ASSERT_OK(whole);
  EXPECT_EQ(whole->log.responses.size(), 20'000u);

  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_EQ(ReadRecordedResponses(path).status().code(), absl::StatusCode::kDataLoss);
}

TEST(RecordedResponses, AFileThatIsNotThereIsSaidSo) {
  const auto read = ReadRecordedResponses("/nowhere/answers.tsv");
  EXPECT_EQ(read.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("/nowhere/answers.tsv"));
}

}  // namespace
}  // namespace edirae::recommend
