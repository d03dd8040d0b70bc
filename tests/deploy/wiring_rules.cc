#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/deploy/rules.h"

namespace edirae::deploy {
namespace {

// Reports a selector that does not match exactly one workload; otherwise the name of that one.
std::string OnlySelected(const Manifests& manifests, const YAML::Node& object, const YAML::Node& selector,
                         Findings& findings) {
  const std::vector<std::string> selected = manifests.Selected(selector);
  if (selected.size() == 1) return selected.front();
  findings.push_back(absl::StrCat(Title(object), ": its selector matches ", selected.size(), " workloads, not 1",
                                  selected.empty() ? "" : ": ", absl::StrJoin(selected, ", ")));
  return "";
}

// Whether a Service of the manifests listens on `port`.
bool ServiceHasPort(const YAML::Node& service, const std::string& port) {
  const YAML::Node ports = At(service, {"spec", "ports"});
  return std::any_of(ports.begin(), ports.end(),
                     [&](const YAML::Node& each) { return TextAt(each, {"port"}) == port; });
}

}  // namespace

Findings CheckNamespaces(const Manifests& manifests) {
  const std::vector<YAML::Node> namespaces = manifests.OfKind("Namespace");
  if (namespaces.size() != 1) return {absl::StrCat("there are ", namespaces.size(), " namespaces, not 1")};
  const std::string name = TextAt(namespaces.front(), {"metadata", "name"});
  Findings findings;
  for (const YAML::Node& object : manifests.objects()) {
    if (TextAt(object, {"kind"}) != "Namespace" && TextAt(object, {"metadata", "namespace"}) != name) {
      findings.push_back(absl::StrCat(Title(object), ": is not in the namespace ", name));
    }
  }
  return findings;
}

Findings CheckWorkloads(const Manifests& manifests) {
  Findings findings;
  for (const YAML::Node& workload : manifests.Workloads()) {
    const YAML::Node labels = At(workload, {"spec", "template", "metadata", "labels"});
    const YAML::Node selector = At(workload, {"spec", "selector", "matchLabels"});
    const std::string selected = OnlySelected(manifests, workload, selector, findings);
    if (!selected.empty() && selected != Title(workload)) {
      findings.push_back(absl::StrCat(Title(workload), ": its selector matches ", selected, " and not itself"));
    }
    for (const YAML::Node& spread : At(workload, {"spec", "template", "spec", "topologySpreadConstraints"})) {
      if (!Selects(At(spread, {"labelSelector", "matchLabels"}), labels)) {
        findings.push_back(absl::StrCat(Title(workload), ": its topology spread does not count its own pods"));
      }
    }
    for (const YAML::Node& held : {At(workload, {"metadata", "labels"}), labels}) {
      for (const char* label : {"name", "component", "part-of"}) {
        const std::string key = absl::StrCat("app.kubernetes.io/", label);
        if (TextAt(held, {key}).empty()) findings.push_back(absl::StrCat(Title(workload), ": lacks the label ", key));
      }
    }
    if (TextAt(workload, {"kind"}) == "StatefulSet") {
      const YAML::Node service = manifests.Find("Service", TextAt(workload, {"spec", "serviceName"}));
      if (!Selects(At(service, {"spec", "selector"}), labels) || TextAt(service, {"spec", "clusterIP"}) != "None") {
        findings.push_back(absl::StrCat(Title(workload), ": its serviceName is not a headless Service of its pods"));
      }
    }
  }
  return findings;
}

Findings CheckServices(const Manifests& manifests) {
  Findings findings;
  const std::vector<Container> containers = manifests.Containers();
  for (const YAML::Node& service : manifests.OfKind("Service")) {
    const std::string target = OnlySelected(manifests, service, At(service, {"spec", "selector"}), findings);
    if (target.empty()) continue;
    for (const YAML::Node& port : At(service, {"spec", "ports"})) {
      std::string wanted = TextAt(port, {"targetPort"});
      if (wanted.empty()) wanted = TextAt(port, {"port"});
      const bool found = std::any_of(containers.begin(), containers.end(), [&](const Container& container) {
        return Title(container.workload) == target && container.HasPort(wanted);
      });
      if (!found)
        findings.push_back(absl::StrCat(Title(service), ": targetPort '", wanted, "' does not exist in ", target));
      // A headless Service hands out pod addresses: nothing translates the port.
      const bool headless = TextAt(service, {"spec", "clusterIP"}) == "None";
      const bool same = std::any_of(containers.begin(), containers.end(), [&](const Container& container) {
        return Title(container.workload) == target && container.HasPort(TextAt(port, {"port"}));
      });
      if (headless && !same) {
        findings.push_back(absl::StrCat(Title(service), ": is headless, and its port is not a port of ", target));
      }
    }
  }
  return findings;
}

Findings CheckDisruptionBudgets(const Manifests& manifests) {
  Findings findings;
  std::vector<std::string> budgeted;
  for (const YAML::Node& budget : manifests.OfKind("PodDisruptionBudget")) {
    const YAML::Node selector = At(budget, {"spec", "selector", "matchLabels"});
    budgeted.push_back(OnlySelected(manifests, budget, selector, findings));
  }
  for (const YAML::Node& workload : manifests.Workloads()) {
    const std::string replicas = TextAt(workload, {"spec", "replicas"});
    if (replicas.empty()) findings.push_back(absl::StrCat(Title(workload), ": does not say how many replicas"));
    const bool has = std::find(budgeted.begin(), budgeted.end(), Title(workload)) != budgeted.end();
    if (replicas != "1" && !has) findings.push_back(absl::StrCat(Title(workload), ": has no PodDisruptionBudget"));
    if (replicas == "1" && has) {
      findings.push_back(
          absl::StrCat(Title(workload), ": a PodDisruptionBudget for one replica blocks every node drain"));
    }
  }
  return findings;
}

namespace {

// What is wrong with an address of a service, or of one of its pods; empty when nothing is.
std::string FaultOf(const Manifests& manifests, const std::string& value, const std::string& scheme) {
  const std::string host_port(absl::StripPrefix(value, scheme));
  const size_t colon = host_port.rfind(':');
  if (host_port == value || colon == std::string::npos) return absl::StrCat("not ", scheme, "<service>:<port>");
  const std::vector<std::string> host = absl::StrSplit(host_port.substr(0, colon), '.');
  if (!ServiceHasPort(manifests.Find("Service", host.back()), host_port.substr(colon + 1))) {
    return "and no Service has that port";
  }
  if (host.size() == 1) return "";
  // Pods of a StatefulSet have names below that of their headless Service.
  for (const YAML::Node& set : manifests.OfKind("StatefulSet")) {
    int replicas = 0;
    if (TextAt(set, {"spec", "serviceName"}) != host.back() ||
        !absl::SimpleAtoi(TextAt(set, {"spec", "replicas"}), &replicas)) {
      continue;
    }
    for (int ordinal = 0; ordinal < replicas; ++ordinal) {
      if (host.size() == 2 && host[0] == absl::StrCat(TextAt(set, {"metadata", "name"}), "-", ordinal)) return "";
    }
  }
  return "and no StatefulSet has that pod";
}

}  // namespace

Findings CheckAddresses(const Manifests& manifests) {
  Findings findings;
  for (const Container& container : manifests.Containers()) {
    for (const YAML::Node& variable : At(container.spec, {"env"})) {
      const std::string name = TextAt(variable, {"name"});
      const bool grpc = absl::StartsWith(name, "EDIRAE_") && absl::EndsWith(name, "_ADDRESS");
      if (!grpc && name != "EDIRAE_NATS_URL") continue;
      for (const std::string& value : std::vector<std::string>(absl::StrSplit(TextAt(variable, {"value"}), ','))) {
        const std::string fault = FaultOf(manifests, value, grpc ? "dns:///" : "nats://");
        if (fault.empty()) continue;
        findings.push_back(absl::StrCat(container.Title(), ": ", name, " is '", value, "', ", fault));
      }
    }
  }
  return findings;
}

}  // namespace edirae::deploy
