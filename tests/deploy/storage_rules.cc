#include <cctype>
#include <cstdlib>
#include <optional>
#include <regex>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/deploy/rules.h"

namespace edirae::deploy {
namespace {

constexpr size_t kMinTokenSecretBytes = 32;
constexpr double kMaxStoreShareOfClaim = 0.9;

// Bytes of `8GB` (nats-server counts in 1024s, with or without an i) or `10Gi` (Kubernetes). None for
// anything else.
std::optional<double> Bytes(const std::string& text) {
  static const std::regex form("([0-9]+)([KMGT])(B|i|iB)?");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) return std::nullopt;
  double bytes = std::strtod(parts[1].str().c_str(), nullptr);
  for (size_t i = 0; i <= std::string("KMGT").find(parts[2].str()); ++i) bytes *= 1024;
  return bytes;
}

bool HasKey(const YAML::Node& object, const std::string& key) {
  return !At(object, {"data", key}).IsNull() || !At(object, {"stringData", key}).IsNull();
}

// Checks one reference to a Secret or ConfigMap; `key` may be empty for the whole object.
void CheckReference(const Manifests& manifests, const ExternalSecrets& external, const std::string& who,
                    const std::string& kind, const std::string& name, const std::string& key, Findings& findings) {
  const YAML::Node object = manifests.Find(kind, name);
  const auto documented = external.find(name);
  if (object.IsMap()) {
    if (!key.empty() && !HasKey(object, key)) {
      findings.push_back(absl::StrCat(who, ": ", kind, " ", name, " has no key ", key));
    }
  } else if (kind != "Secret" || documented == external.end()) {
    findings.push_back(absl::StrCat(who, ": ", kind, " ", name, " does not exist"));
  } else if (!key.empty() && documented->second.count(key) == 0) {
    findings.push_back(absl::StrCat(who, ": ", kind, " ", name, " is not documented to have a key ", key));
  }
}

// The names under which the pod's containers can mount something.
std::set<std::string> MountableNames(const Container& container) {
  std::set<std::string> names;
  for (const YAML::Node& volume : At(container.pod, {"volumes"})) names.insert(TextAt(volume, {"name"}));
  for (const YAML::Node& claim : At(container.workload, {"spec", "volumeClaimTemplates"})) {
    names.insert(TextAt(claim, {"metadata", "name"}));
  }
  return names;
}

}  // namespace

Findings CheckReferences(const Manifests& manifests, const ExternalSecrets& external) {
  Findings findings;
  for (const Container& container : manifests.Containers()) {
    for (const YAML::Node& variable : At(container.spec, {"env"})) {
      for (const auto& [field, kind] :
           {std::pair("secretKeyRef", "Secret"), std::pair("configMapKeyRef", "ConfigMap")}) {
        const YAML::Node reference = At(variable, {"valueFrom", field});
        if (!reference.IsMap()) continue;
        CheckReference(manifests, external, container.Title(), kind, TextAt(reference, {"name"}),
                       TextAt(reference, {"key"}), findings);
      }
    }
    const std::set<std::string> mountable = MountableNames(container);
    for (const YAML::Node& mount : At(container.spec, {"volumeMounts"})) {
      if (mountable.count(TextAt(mount, {"name"})) == 0) {
        findings.push_back(
            absl::StrCat(container.Title(), ": mounts '", TextAt(mount, {"name"}), "', which is no volume"));
      }
    }
  }
  for (const YAML::Node& workload : manifests.Workloads()) {
    for (const YAML::Node& volume : At(workload, {"spec", "template", "spec", "volumes"})) {
      if (At(volume, {"configMap"}).IsMap()) {
        CheckReference(manifests, external, Title(workload), "ConfigMap", TextAt(volume, {"configMap", "name"}), "",
                       findings);
      }
      if (At(volume, {"secret"}).IsMap()) {
        CheckReference(manifests, external, Title(workload), "Secret", TextAt(volume, {"secret", "secretName"}), "",
                       findings);
      }
      if (At(volume, {"persistentVolumeClaim"}).IsMap()) {
        CheckReference(manifests, external, Title(workload), "PersistentVolumeClaim",
                       TextAt(volume, {"persistentVolumeClaim", "claimName"}), "", findings);
      }
    }
  }
  return findings;
}

Findings CheckSecrets(const Manifests& manifests) {
  Findings findings;
  for (const YAML::Node& secret : manifests.OfKind("Secret")) {
    if (!HasKey(secret, "token-secret")) continue;
    std::string decoded;
    std::string encoded = TextAt(secret, {"data", "token-secret"});
    if (!absl::Base64Unescape(encoded, &decoded) || decoded.size() < kMinTokenSecretBytes) {
      findings.push_back(
          absl::StrCat(Title(secret), ": token-secret is shorter than ", kMinTokenSecretBytes, " bytes"));
    }
  }
  return findings;
}

Findings CheckNatsStore(const Manifests& manifests) {
  const YAML::Node nats = manifests.Find("StatefulSet", "nats");
  std::optional<double> claim;
  for (const YAML::Node& each : At(nats, {"spec", "volumeClaimTemplates"})) {
    if (TextAt(each, {"metadata", "name"}) == "data") {
      claim = Bytes(TextAt(each, {"spec", "resources", "requests", "storage"}));
    }
  }
  std::optional<double> store;
  for (const YAML::Node& config : manifests.OfKind("ConfigMap")) {
    const std::string text = TextAt(config, {"data", "nats.conf"});
    static const std::regex line("\\n\\s*max_file_store:\\s*(\\S+)");
    std::smatch found;
    if (std::regex_search(text, found, line)) store = Bytes(found[1].str());
  }
  if (!claim || !store) return {"StatefulSet/nats: needs both a claim named data and a max_file_store in nats.conf"};
  if (*store > *claim * kMaxStoreShareOfClaim) {
    return {"StatefulSet/nats: max_file_store is not well below the claim, and a full disk wedges the server"};
  }
  return {};
}

Findings CheckAll(const Manifests& manifests, const ExternalSecrets& external) {
  Findings all = CheckReferences(manifests, external);
  for (auto* rule :
       {CheckConfinement, CheckResources, CheckImages, CheckProbes, CheckDraining, CheckSettings, CheckNamespaces,
        CheckWorkloads, CheckServices, CheckDisruptionBudgets, CheckAddresses, CheckSecrets, CheckNatsStore}) {
    for (std::string& finding : rule(manifests)) all.push_back(std::move(finding));
  }
  return all;
}

}  // namespace edirae::deploy
