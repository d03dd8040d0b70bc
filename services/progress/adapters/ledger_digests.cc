#include "services/progress/adapters/ledger_digests.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/progress/domain/history_digest.h"
#include "xxhash.h"

namespace edirae::progress {
namespace {

// Lines: "edirae-ledger-digests 2 SEED ERASURES" (1: with mentors' names), then "KEY PLACE DIGEST" of each history,
// then "end CHECK". Digests, keys, the seed and the check, which is XXH64 of all lines before, have 16 hexadecimal
// digits.
constexpr absl::string_view kHead = "edirae-ledger-digests 2 ";
constexpr absl::string_view kHeadWithMentors = "edirae-ledger-digests 1 ";
static_assert(kHead.size() == kHeadWithMentors.size());
constexpr char kEnd[] = "end ";

absl::Status Damaged(const std::string& path) {
  return absl::DataLossError(absl::StrCat(path, " does not hold digests of a ledger, or is damaged"));
}

bool ParseDigest(absl::string_view text, uint64_t& to) { return absl::SimpleHexAtoi(text, &to); }

bool ParseHead(absl::string_view line, LedgerDigests& to) {
  const absl::string_view head = line.substr(0, kHead.size());
  to.with_mentors = head == kHeadWithMentors;
  if (head != kHead && !to.with_mentors) return false;
  const std::vector<absl::string_view> parts = absl::StrSplit(line.substr(kHead.size()), ' ');
  return parts.size() == 2 && ParseDigest(parts[0], to.seed) && absl::SimpleAtoi(parts[1], &to.erasure_count);
}

bool ParseHistory(absl::string_view line, LedgerDigests& to) {
  const std::vector<absl::string_view> parts = absl::StrSplit(line, ' ');
  uint64_t key = 0;
  KnownHistory known;
  const bool whole = parts.size() == 3 && ParseDigest(parts[0], key) && absl::SimpleAtoi(parts[1], &known.seq) &&
                     ParseDigest(parts[2], known.digest);
  return whole && to.histories.emplace(key, known).second;
}

std::string CheckOf(absl::string_view text) { return DigestText(DigestAfter(0, text)); }

}  // namespace

uint64_t LedgerDigests::KeyOf(absl::string_view learner_id) const {
  return XXH64(learner_id.data(), learner_id.size(), seed);
}

absl::StatusOr<LedgerDigests> ReadDigests(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("there is no file ", path));
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const size_t end = text.rfind(kEnd);
  if (!in || end == std::string::npos || text.substr(end) != absl::StrCat(kEnd, CheckOf(text.substr(0, end)), "\n")) {
    return Damaged(path);
  }
  LedgerDigests digests;
  bool head = true;
  for (const absl::string_view line : absl::StrSplit(absl::string_view(text).substr(0, end), '\n', absl::SkipEmpty())) {
    const bool good = head ? ParseHead(line, digests) : ParseHistory(line, digests);
    if (!good) return Damaged(path);
    head = false;
  }
  return digests;
}

absl::Status WriteDigests(const LedgerDigests& digests, const std::string& path) {
  std::string text = absl::StrCat(kHead, DigestText(digests.seed), " ", digests.erasure_count, "\n");
  for (const auto& [key, known] : digests.histories) {
    absl::StrAppend(&text, DigestText(key), " ", known.seq, " ", DigestText(known.digest), "\n");
  }
  absl::StrAppend(&text, kEnd, CheckOf(text), "\n");
  const std::string next = path + ".next";
  std::ofstream out(next, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(next, path, error);
  if (out && !error) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot write ", path));
}

}  // namespace edirae::progress
