#include "bench/eval/line_reader.h"

#include <gtest/gtest.h>

#include <sstream>

namespace edirae::eval {
namespace {

using Outcome = LineReader::Outcome;

TEST(LineReader, ReadsLinesWithOrWithoutAnEnd) {
  std::istringstream in("one\r\n\ntwo");
  LineReader reader(in, 10);
  std::string line;
  EXPECT_EQ(reader.Next(line), Outcome::kLine);
  EXPECT_EQ(line, "one");
  EXPECT_EQ(reader.Next(line), Outcome::kLine);
  EXPECT_EQ(line, "");
  EXPECT_EQ(reader.Next(line), Outcome::kLine);
  EXPECT_EQ(line, "two");
  EXPECT_EQ(reader.number(), 3);
  EXPECT_EQ(reader.Next(line), Outcome::kEnd);
}

TEST(LineReader, PassesOverWhatIsTooLongAndGoesOn) {
  std::istringstream in("0123456789\n0123456789abc\nnext\n");
  LineReader reader(in, 10);
  std::string line;
  EXPECT_EQ(reader.Next(line), Outcome::kLine);
  EXPECT_EQ(reader.Next(line), Outcome::kTooLong);
  EXPECT_EQ(line, "0123456789");
  EXPECT_EQ(reader.Next(line), Outcome::kLine);
  EXPECT_EQ(line, "next");
  EXPECT_EQ(reader.number(), 3);
}

}  // namespace
}  // namespace edirae::eval
