#include "common/archive/tar_gz.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::archive {
namespace {

const absl::Time kMoment = absl::FromUnixSeconds(1'700'000'000);  // tar complains of what is in the future

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Whether the tar of this machine takes a file apart without a word of complaint.
bool Extract(const std::string& archive, const std::string& folder) {
  const std::string command = absl::StrCat("test -z \"$(tar --extract --gzip --warning=all --file ", archive,
                                           " --directory ", folder, " 2>&1)\"");
  return std::system(command.c_str()) == 0;
}

TEST(TarGz, PiecesAreOneArchiveForTar) {
  const edirae::testing::TempFolder folder;
  const std::string binary("\0\n\xff", 3);
  const std::string large(1'000'003, 'x');
  const std::vector<File> first = {{"README.txt", "read me\n"}, {"events/1.jsonl", large}};
  const std::vector<File> second = {
      {"events/2.jsonl", binary}, {"empty", ""}, {std::string(100, 'n'), std::string(512, 'b')}};
  std::ofstream(folder.File("all.tar.gz"), std::ios::binary)
      << TarGzPiece(first, kMoment, false) << TarGzPiece(second, kMoment, true);
  ASSERT_TRUE(Extract(folder.File("all.tar.gz"), folder.path()));
  EXPECT_EQ(ContentOf(folder.File("README.txt")), "read me\n");
  EXPECT_EQ(ContentOf(folder.File("events/1.jsonl")), large);
  EXPECT_EQ(ContentOf(folder.File("events/2.jsonl")), binary);
  EXPECT_EQ(ContentOf(folder.File("empty")), "");
  EXPECT_EQ(ContentOf(folder.File(std::string(100, 'n'))), std::string(512, 'b'));
}

TEST(TarGz, APieceIsTheSameEachTime) {
  const std::vector<File> files = {{"a", "b"}};
  EXPECT_EQ(TarGzPiece(files, kMoment, true), TarGzPiece(files, kMoment, true));
}

TEST(TarGz, WithoutItsEndItIsNoArchive) {
  const edirae::testing::TempFolder folder;
  const std::vector<File> files = {{"a", "b"}};
  const std::string piece = TarGzPiece(files, kMoment, true);
  std::ofstream(folder.File("cut.tar.gz"), std::ios::binary) << piece.substr(0, piece.size() - 4);
  EXPECT_FALSE(Extract(folder.File("cut.tar.gz"), folder.path()));
}

}  // namespace
}  // namespace edirae::archive
