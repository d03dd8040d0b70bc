#include "tests/deploy/render.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace edirae::deploy {
namespace {

struct Output {
  std::string text;
  bool ok = false;
};

// Runs a command of the shell and returns what it prints. The arguments come from the build, not from
// outside.
Output Run(const std::string& command) {
  Output output;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char chunk[4096];
  for (size_t got; (got = fread(chunk, 1, sizeof(chunk), pipe)) > 0;) output.text.append(chunk, got);
  output.ok = pclose(pipe) == 0;
  return output;
}

std::string InTree(const std::string& path) { return absl::StrCat(EDIRAE_SOURCE_DIR, "/", path); }

std::string Quoted(const std::string& path) { return absl::StrCat("'", path, "'"); }

absl::Status NeedsProgram(const std::string& path, const std::string& program, const std::string& package) {
  if (std::filesystem::exists(path)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("CMake found no ", program, ": install Debian's ", package, " and configure again"));
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(InTree(path));
  if (!in) return absl::NotFoundError(InTree(path));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::StatusOr<Manifests> Render(const std::string& folder) {
  if (absl::Status found = NeedsProgram(EDIRAE_KUBECTL, "kubectl", "kubernetes-client"); !found.ok()) return found;
  const std::string command = absl::StrCat(Quoted(EDIRAE_KUBECTL), " kustomize ", Quoted(InTree(folder)));
  const Output rendered = Run(absl::StrCat(command, " 2>/dev/null"));  // newer ones warn about `bases`
  if (!rendered.ok) {
    return absl::InvalidArgumentError(absl::StrCat(command, " failed:\n", Run(absl::StrCat(command, " 2>&1")).text));
  }
  return Manifests::Parse(rendered.text);
}

absl::Status CheckNatsConfig(const std::string& path) {
  if (absl::Status found = NeedsProgram(EDIRAE_NATS_SERVER, "nats-server", "nats-server"); !found.ok()) return found;
  const Output said = Run(absl::StrCat(Quoted(EDIRAE_NATS_SERVER), " -t -c ", Quoted(InTree(path)), " 2>&1"));
  return said.ok ? absl::OkStatus() : absl::InvalidArgumentError(said.text);
}

}  // namespace edirae::deploy
