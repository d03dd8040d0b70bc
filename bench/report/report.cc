#include "bench/report/report.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace edirae::bench {
namespace {

// Four digits tell apart what a shared machine can tell apart.
double Rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double scale = std::pow(10, 3 - std::floor(std::log10(std::fabs(value))));
  return std::round(value * scale) / scale;
}

// 12345.6 as 12,346; what is below 100 keeps two digits.
std::string Figure(double value) {
  if (value < 100) return absl::StrFormat("%.2f", value);
  const std::string digits = absl::StrFormat("%.0f", value);
  std::string figure;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) figure += ',';
    figure += digits[i];
  }
  return figure;
}

std::string Promise(const Result& result) {
  if (result.least.has_value()) return absl::StrFormat(">= %.2f", *result.least);
  if (result.most.has_value()) return absl::StrFormat("<= %.2f", *result.most);
  return "";
}

std::string Verdict(const Result& result, bool colour) {
  if (!result.kept().has_value()) return "";
  const bool kept = *result.kept();
  const std::string word = kept ? "pass" : "FAIL";
  return colour ? absl::StrCat(kept ? "\x1b[32m" : "\x1b[1;31m", word, "\x1b[0m") : word;
}

}  // namespace

std::optional<bool> Result::kept() const {
  if (least.has_value()) return ratio() >= *least;
  if (most.has_value()) return ratio() <= *most;
  return std::nullopt;
}

std::string ToJson(const std::vector<Result>& results) {
  auto rows = nlohmann::ordered_json::array();
  for (const Result& result : results) {
    rows.push_back({{"name", result.name},
                    {"value", Rounded(result.value)},
                    {"unit", result.unit},
                    {"limit", Rounded(result.limit)},
                    {"ratio", Rounded(result.ratio())}});
  }
  return rows.dump(2) + "\n";
}

absl::Status WriteJson(const std::vector<Result>& results, const std::string& path) {
  const std::filesystem::path target(path);
  std::error_code error;
  if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), error);
  const std::string partial = path + ".new";
  std::ofstream file(partial, std::ios::trunc);
  file << ToJson(results);
  file.close();
  if (file) std::filesystem::rename(partial, target, error);
  if (!file || error) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

std::string ToTable(const std::vector<Result>& results, bool colour) {
  size_t width = 4;
  for (const Result& result : results) width = std::max(width, result.name.size());
  std::string table = absl::StrFormat("%-*s %12s %-10s %12s %7s %8s\n", static_cast<int>(width), "name", "value",
                                      "unit", "limit", "ratio", "promise");
  for (const Result& result : results) {
    absl::StrAppendFormat(&table, "%-*s %12s %-10s %12s %7.2f %8s  %s\n", static_cast<int>(width), result.name,
                          Figure(result.value), result.unit, Figure(result.limit), result.ratio(), Promise(result),
                          Verdict(result, colour));
  }
  return table;
}

}  // namespace edirae::bench
