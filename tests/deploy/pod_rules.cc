#include <algorithm>
#include <charconv>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/program/limits.h"
#include "tests/deploy/rules.h"
#include "tests/deploy/settings.h"

namespace edirae::deploy {
namespace {

constexpr int kMinProbeTimeoutSeconds = 2;  // one second is Kubernetes' default, and a busy node misses it
// The longest stop, and some air.
const int kMinGraceSeconds = static_cast<int>(absl::ToInt64Seconds(program::limits::kMaxStop)) + 10;

// The number in `text`; -1 where there is none.
int Number(const std::string& text) {
  int number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The program whose image the container runs; null for an image that is not ours.
const Program* ProgramOf(const Container& container) {
  for (const Program& program : Programs()) {
    if (container.ImageName() == absl::StrCat("edirae-", program.name)) return &program;
  }
  return nullptr;
}

void CheckProbe(const Container& container, const std::string& probe, const std::string& health_service,
                Findings& findings) {
  const YAML::Node node = At(container.spec, {probe});
  const auto report = [&](const auto&... what) {
    findings.push_back(absl::StrCat(container.Title(), ": ", probe, " ", what...));
  };
  if (!node.IsMap()) return report("is missing");
  if (Number(TextAt(node, {"timeoutSeconds"})) < kMinProbeTimeoutSeconds) {
    report("has a timeout below ", kMinProbeTimeoutSeconds, " s");
  }
  std::string port;
  if (At(node, {"grpc"}).IsMap()) {
    port = TextAt(node, {"grpc", "port"});
    if (Number(port) < 0) report("needs a number for its gRPC port, has '", port, "'");
    if (TextAt(node, {"grpc", "service"}) != health_service) report("does not ask for service '", health_service, "'");
  } else {
    port = TextAt(node, {"httpGet", "port"});
    if (ProgramOf(container) != nullptr) report("of a gRPC server is not a gRPC probe");
  }
  if (!container.HasPort(port)) report("asks port '", port, "', which the container does not have");
}

void CheckListen(const Container& container, const std::string& value, const std::string& port_name, int port,
                 Findings& findings) {
  if (value != absl::StrCat("0.0.0.0:", port)) {
    findings.push_back(
        absl::StrCat(container.Title(), ": listens on '", value, "' for ", port_name, ", not on 0.0.0.0:", port));
  }
  if (container.PortNumber(port_name) != absl::StrCat(port)) {
    findings.push_back(absl::StrCat(container.Title(), ": its port named ", port_name, " is not ", port));
  }
}

void CheckProgram(const Container& container, const Program& program, Findings& findings) {
  std::map<std::string, YAML::Node> given;
  for (const YAML::Node& variable : At(container.spec, {"env"})) {
    const std::string name = TextAt(variable, {"name"});
    if (!given.emplace(name, variable).second) {
      findings.push_back(absl::StrCat(container.Title(), ": ", name, " is set twice"));
    }
  }
  for (const Setting& setting : program.settings) {
    const auto variable = given.find(setting.name);
    if (variable == given.end()) {
      if (setting.required && !given.contains(setting.instead))
        findings.push_back(absl::StrCat(container.Title(), ": ", setting.name, " is missing"));
      continue;
    }
    const bool from_secret = At(variable->second, {"valueFrom", "secretKeyRef"}).IsMap();
    if (setting.secret && !from_secret) {
      findings.push_back(absl::StrCat(container.Title(), ": ", setting.name, " does not come from a Secret"));
    }
    if (!setting.secret && TextAt(variable->second, {"value"}).empty()) {
      findings.push_back(absl::StrCat(container.Title(), ": ", setting.name, " has no value"));
    }
  }
  CheckListen(container, TextAt(given["EDIRAE_LISTEN"], {"value"}), "grpc", program.grpc_port, findings);
  CheckListen(container, TextAt(given["EDIRAE_METRICS_LISTEN"], {"value"}), "metrics", program.metrics_port, findings);
  const YAML::Node annotations = At(container.workload, {"spec", "template", "metadata", "annotations"});
  if (TextAt(annotations, {"prometheus.io/scrape"}) != "true" ||
      TextAt(annotations, {"prometheus.io/port"}) != absl::StrCat(program.metrics_port)) {
    findings.push_back(
        absl::StrCat(container.Title(), ": Prometheus is not told to scrape port ", program.metrics_port));
  }
}

}  // namespace

Findings CheckConfinement(const Manifests& manifests) {
  Findings findings;
  for (const YAML::Node& workload : manifests.Workloads()) {
    const YAML::Node pod = At(workload, {"spec", "template", "spec"});
    if (TextAt(pod, {"automountServiceAccountToken"}) != "false") {
      findings.push_back(absl::StrCat(Title(workload), ": mounts a service account token"));
    }
    for (const char* host : {"hostNetwork", "hostPID", "hostIPC"}) {
      if (TextAt(pod, {host}) == "true") findings.push_back(absl::StrCat(Title(workload), ": uses ", host));
    }
    for (const YAML::Node& volume : At(pod, {"volumes"})) {
      if (!At(volume, {"hostPath"}).IsNull()) findings.push_back(absl::StrCat(Title(workload), ": mounts a hostPath"));
    }
  }
  for (const Container& container : manifests.Containers()) {
    const auto require = [&](bool holds, const char* what) {
      if (!holds) findings.push_back(absl::StrCat(container.Title(), ": ", what));
    };
    const YAML::Node own = At(container.spec, {"securityContext"});
    require(container.Security({"runAsNonRoot"}) == "true", "runAsNonRoot is not true");
    require(Number(container.Security({"runAsUser"})) > 0, "runAsUser is not a user other than root");
    require(container.Security({"seccompProfile", "type"}) == "RuntimeDefault", "seccompProfile is not RuntimeDefault");
    require(TextAt(own, {"readOnlyRootFilesystem"}) == "true", "readOnlyRootFilesystem is not true");
    require(TextAt(own, {"allowPrivilegeEscalation"}) == "false", "allowPrivilegeEscalation is not false");
    require(TextAt(own, {"privileged"}) != "true", "is privileged");
    const YAML::Node drop = At(own, {"capabilities", "drop"});
    require(std::any_of(drop.begin(), drop.end(), [](const YAML::Node& each) { return each.Scalar() == "ALL"; }),
            "does not drop ALL capabilities");
    require(At(own, {"capabilities", "add"}).IsNull(), "adds capabilities");
  }
  return findings;
}

Findings CheckResources(const Manifests& manifests) {
  Findings findings;
  for (const Container& container : manifests.Containers()) {
    for (const char* bound : {"requests", "limits"}) {
      for (const char* resource : {"cpu", "memory"}) {
        if (TextAt(container.spec, {"resources", bound, resource}).empty()) {
          findings.push_back(absl::StrCat(container.Title(), ": has no ", bound, " for ", resource));
        }
      }
    }
  }
  return findings;
}

Findings CheckImages(const Manifests& manifests) {
  Findings findings;
  for (const Container& container : manifests.Containers()) {
    const std::string image = TextAt(container.spec, {"image"});
    const std::string last = image.substr(image.rfind('/') + 1);  // a ':' before it belongs to a host's port
    if (!absl::StrContains(last, ':')) {
      findings.push_back(absl::StrCat(container.Title(), ": image '", image, "' has neither tag nor digest"));
    } else if (absl::EndsWith(last, ":latest")) {
      findings.push_back(absl::StrCat(container.Title(), ": image '", image, "' is not a fixed version"));
    }
  }
  return findings;
}

Findings CheckProbes(const Manifests& manifests) {
  Findings findings;
  for (const Container& container : manifests.Containers()) {
    if (container.init) continue;
    CheckProbe(container, "startupProbe", "liveness", findings);
    CheckProbe(container, "readinessProbe", "readiness", findings);
    CheckProbe(container, "livenessProbe", "liveness", findings);
  }
  return findings;
}

Findings CheckDraining(const Manifests& manifests) {
  Findings findings;
  for (const YAML::Node& workload : manifests.Workloads()) {
    const std::string grace = TextAt(workload, {"spec", "template", "spec", "terminationGracePeriodSeconds"});
    if (Number(grace) < kMinGraceSeconds) {
      findings.push_back(absl::StrCat(Title(workload), ": leaves less than ", kMinGraceSeconds, " s to stop"));
    }
  }
  return findings;
}

Findings CheckSettings(const Manifests& manifests) {
  Findings findings;
  for (const Container& container : manifests.Containers()) {
    const Program* program = ProgramOf(container);
    if (program != nullptr) CheckProgram(container, *program, findings);
    for (const YAML::Node& variable : At(container.spec, {"env"})) {
      const std::string name = TextAt(variable, {"name"});
      if (!absl::StartsWith(name, "EDIRAE_")) continue;
      const auto known = [&](const Setting& setting) { return setting.name == name; };
      if (program == nullptr || std::none_of(program->settings.begin(), program->settings.end(), known)) {
        findings.push_back(absl::StrCat(container.Title(), ": ", name, " is not one of the program's settings"));
      }
    }
    if (!At(container.spec, {"envFrom"}).IsNull()) {
      findings.push_back(absl::StrCat(container.Title(), ": envFrom hides which settings it sets"));
    }
  }
  return findings;
}

}  // namespace edirae::deploy
