// Thousands of the files that ship, each with some bytes changed: the loader must keep its promises, whatever it reads.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "common/testing/seed.h"
#include "services/catalog/testing/load_one_file.h"

namespace edirae::catalog {
namespace {

constexpr int kMutants = 3000;

struct Original {
  size_t kind;
  std::string text;
};

size_t KindOf(const std::filesystem::path& file) {
  const bool is_stage = file.parent_path().filename() == "stages";
  const std::string name = is_stage ? "stage.yaml" : file.filename().string();
  size_t kind = 0;
  while (kind < std::size(testing::kFileKinds) && testing::kFileKinds[kind] != name) ++kind;
  return kind;
}

std::vector<Original> Originals() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(EDIRAE_CONTENT_FOLDER)) {
    if (entry.is_regular_file() && KindOf(entry.path()) < std::size(testing::kFileKinds)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Original> originals;
  for (const std::filesystem::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    originals.push_back({KindOf(file), std::string(std::istreambuf_iterator<char>(stream), {})});
  }
  return originals;
}

class Mutator {
 public:
  explicit Mutator(uint64_t seed) : random_(seed) {}

  size_t Below(size_t end) { return end == 0 ? 0 : random_() % end; }

  std::string Mutate(std::string text, const std::string& other) {
    for (size_t changes = 1 + Below(4); changes > 0; --changes) Change(text, other);
    return text;
  }

 private:
  void Change(std::string& text, const std::string& other) {
    static const char* const kPieces[] = {"- ",   ": ",   "\n",  "\n  ", "\t",  "[",    "]",    "{",       "}",    "\"",
                                          "'",    "&a ",  "*a",  "!t ",  "|\n", ">-\n", "? ",   "\n---\n", "#",    "~",
                                          "\xFF", "\xC2", "```", "<b>",  "](",  "\x07", "\r\n", "1e999",   "null", "%"};
    const size_t at = Below(text.size());
    const size_t length = Below(std::min<size_t>(text.size() - at, 1 + Below(200)));
    switch (Below(6)) {
      case 0:
        if (!text.empty()) text[at] = static_cast<char>(Below(256));
        return;
      case 1:
        text.erase(at, length);
        return;
      case 2:
        text.insert(at, kPieces[Below(std::size(kPieces))]);
        return;
      case 3:
        text.insert(at, text.substr(at, length));
        return;
      case 4:
        text.insert(at, other.substr(Below(other.size()), length));
        return;
      default:
        text.resize(at);
    }
  }

  std::mt19937_64 random_;
};

TEST(MutatedContent, BreaksNoPromiseOfTheLoader) {
  const std::vector<Original> originals = Originals();
  ASSERT_GT(originals.size(), 100u);
  Mutator mutator(edirae::testing::Seed());
  int refused = 0;
  for (int i = 0; i < kMutants; ++i) {
    const Original& original = originals[mutator.Below(originals.size())];
    const Original& other = originals[mutator.Below(originals.size())];
    const std::string mutant = mutator.Mutate(original.text, other.text);
    if (testing::LoadOneFile(original.kind, mutant) != testing::LoadOneFile(original.kind, original.text)) ++refused;
  }
  EXPECT_GT(refused, kMutants / 2) << "most changes are seen";
}

}  // namespace
}  // namespace edirae::catalog
