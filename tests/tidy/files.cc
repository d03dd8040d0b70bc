#include "tests/tidy/files.h"

#include <algorithm>
#include <regex>
#include <set>
#include <string>

namespace edirae::tidy {
namespace {

constexpr int kMaxLines = 400;

bool IsCode(const SourceFile& file) {
  static const std::regex kCodeName(R"((.*\.(cc|h|proto|cmake|sh)|(.*/)?(CMakeLists\.txt|Makefile)))");
  return std::regex_match(file.path, kCodeName) || file.text.starts_with("#!");
}

bool IsGenerated(const std::string& path) {
  return path.ends_with(".pb.h") || path.ends_with(".pb.cc") || path.ends_with("compile_commands.json") ||
         path.starts_with("build/") || path.find("node_modules/") != std::string::npos;
}

// Recognised by how such an address is used, or by what its host calls itself, so that no host is named here.
bool NamesRegistry(const std::string& line) {
  if (line.find("://") == std::string::npos) return false;
  static const std::regex kRegistry(R"(^\s*(deb|deb-src)\s+(\[[^\]]*\]\s*)?\w+://|^\s*URIs:\s*\w+://|"resolved"\s*:|)"
                                    R"(\b(registry|index-url|GOPROXY)[ =]+["']?\w+://|)"
                                    R"(://([\w-]+\.)*(registry|deb|mirrors?|pypi|artifactory)[.:/])",
                                    std::regex::icase);
  return std::regex_search(line, kRegistry);
}

// The path is in brackets so that this file passes its own check.
bool NamesMachinePath(const std::string& line) {
  static const std::regex kPath(R"((^|[^\w.)}/-])[/]work/)");
  return line.find("/work") != std::string::npos && std::regex_search(line, kPath);
}

void CheckLines(const SourceFile& file, std::vector<Finding>& findings) {
  int number = 0;
  for (const std::string& line : Lines(file.text)) {
    ++number;
    if (NamesRegistry(line)) {
      findings.push_back(
          {file.path, number, "registry", "an address of a package registry; the machine knows its own"});
    }
    if (NamesMachinePath(line)) {
      findings.push_back({file.path, number, "machine", "a path that other machines do not have"});
    }
  }
  if (IsCode(file) && number > kMaxLines) {
    findings.push_back(
        {file.path, kMaxLines + 1, "length",
         std::to_string(number) + " lines; past " + std::to_string(kMaxLines) + " a file is two things"});
  }
}

void CheckLimits(const Tree& tree, std::vector<Finding>& findings) {
  std::set<std::string> paths;
  std::set<std::string> services;
  for (const SourceFile& file : tree) {
    paths.insert(file.path);
    if (!file.path.ends_with(".cc")) continue;
    if (file.path.starts_with("gateway/")) services.insert("gateway/");
    if (file.path.starts_with("services/")) services.insert(file.path.substr(0, file.path.find('/', 9) + 1));
  }
  for (const std::string& service : services) {
    if (!paths.contains(service + "limits.h")) {
      findings.push_back(
          {service + "limits.h", 1, "limits", "missing: every bound of a service stands in this one file"});
    }
  }
}

}  // namespace

std::vector<Finding> CheckFiles(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (IsGenerated(file.path)) {
      findings.push_back({file.path, 1, "generated", "the build makes it; take it out of git"});
    } else if (file.text.find('\0') != std::string::npos) {
      findings.push_back(
          {file.path, 1, "binary", "binaries have no history that one can read; keep its source instead"});
    } else {
      CheckLines(file, findings);
    }
  }
  CheckLimits(tree, findings);
  std::sort(findings.begin(), findings.end());
  return findings;
}

}  // namespace edirae::tidy
