#include "services/recommend/adapters/exported_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {
namespace {

class ExportedEvents : public ::testing::Test {
 protected:
  absl::StatusOr<RecordedResponses> Read(const std::string& text) {
    std::ofstream(path) << text;
    return ReadExportedEvents(path);
  }
  static std::string Answer(const std::string& learner, int seq, const std::string& question, bool correct) {
    return R"({"learnerId":")" + learner + R"(","learnerSeq":")" + std::to_string(seq) +
           R"(","occurTime":"2026-11-28T10:00:00Z","questionAnswered":{"questionId":")" + question +
           R"(","conceptIds":["bayes","odds"],"correct":)" + (correct ? "true" : "false") + "}}\n";
  }

  testing::TempFolder folder;
  const std::string path = folder.File("events.jsonl");
};

TEST_F(ExportedEvents, SayWhatTheServiceTakesForEvidence) {
  const auto with = [](std::string line, const std::string& field) {
    return line.insert(line.rfind("}}"), "," + field);
  };
  const auto read = Read(with(Answer("ada", 1, "q1", true), R"("standing":"ANSWER_STANDING_REPEATED")") +
                         with(Answer("ada", 2, "q2", true), R"("standing":"ANSWER_STANDING_COUNTED","hintsUsed":1)"));
  ASSERT_OK(read);
  const mastery::ResponseLog& log = read->log;
  ASSERT_EQ(log.responses.size(), 1u);
  EXPECT_EQ(log.responses[0].item, KeyOf("q2"));
  EXPECT_FALSE(log.responses[0].correct) << "right after a hint";
}

TEST_F(ExportedEvents, GiveEachLearnersAnswersOnceAndInOrder) {
  const auto read = Read(Answer("ada", 2, "q2", false) + Answer("bob", 1, "q1", true) + Answer("ada", 1, "q1", true) +
                         Answer("ada", 2, "q2", false) +
                         R"({"learnerId":"ada","learnerSeq":"3","conceptMastered":{"conceptId":"bayes"},"new":1})"
                         "\n");
  ASSERT_OK(read);
  const mastery::ResponseLog& log = read->log;
  ASSERT_EQ(log.responses.size(), 3u);
  EXPECT_EQ(log.learners, 2u);
  EXPECT_EQ(log.responses[0].item, KeyOf("q1"));
  EXPECT_EQ(log.responses[1].item, KeyOf("q2"));
  EXPECT_EQ(log.responses[0].learner, log.responses[1].learner);
  EXPECT_NE(log.responses[1].learner, log.responses[2].learner);
  EXPECT_FALSE(log.responses[1].correct);
  EXPECT_EQ(log.responses[0].time_seconds, 1'795'860'000);
  EXPECT_EQ(log.QuestionOf(log.responses[2]).concepts[1], KeyOf("odds"));
}

TEST_F(ExportedEvents, HaveNothingOfWhoeverWasErased) {
  const std::string erased = R"({"learnerId":"ada","learnerSeq":"9","learnerErased":{"eventCount":"1"}})"
                             "\n";
  for (const bool first : {true, false}) {
    const std::string answers = Answer("ada", 1, "q1", true) + Answer("bob", 1, "q2", true);
    const auto read = Read(first ? erased + answers : answers + erased);
    ASSERT_OK(read);
    ASSERT_EQ(read->log.responses.size(), 1u);
    EXPECT_EQ(read->log.responses[0].item, KeyOf("q2"));
  }
}

TEST_F(ExportedEvents, KeepAFifthOfTheLearnersForJudging) {
  std::string lines;
  for (int i = 0; i < 200; ++i) lines += Answer("learner-" + std::to_string(i), 1, "q", true);
  const auto read = Read(lines);
  ASSERT_OK(read);
  ASSERT_EQ(read->learner_ids.size(), 200u);
  EXPECT_EQ(read->learner_ids[read->log.responses[7].learner], "learner-7");
  const auto judged = std::ranges::count(read->is_test, true);
  EXPECT_GT(judged, 20);
  EXPECT_LT(judged, 60);
}

TEST_F(ExportedEvents, ThatAreNoneAreRefusedByLine) {
  EXPECT_THAT(std::string(Read(Answer("ada", 1, "q", true) + "{\n").status().message()),
              ::testing::HasSubstr("jsonl:2: no event"));
  EXPECT_THAT(std::string(Read("{}\n").status().message()), ::testing::HasSubstr("jsonl:1: an event without"));
  EXPECT_EQ(ReadExportedEvents("/nowhere").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace edirae::recommend
