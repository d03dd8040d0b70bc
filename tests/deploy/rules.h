// What must hold for our manifests beyond being valid YAML: an API server accepts most of these mistakes, and
// the pods then never become ready, or run with more rights than they need. Pure functions; an empty answer
// means that the rule holds.
#ifndef EDIRAE_TESTS_DEPLOY_RULES_H_
#define EDIRAE_TESTS_DEPLOY_RULES_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/deploy/manifests.h"

namespace edirae::deploy {

// Each is one violation: which object, and what is wrong with it.
using Findings = std::vector<std::string>;

// Secrets that the administrator creates: name to the keys that it must hold.
using ExternalSecrets = std::map<std::string, std::set<std::string>>;

// Rules about one pod (pod_rules.cc).

// Not root, a read-only root file system, no capability, no service account token, nothing of the host.
Findings CheckConfinement(const Manifests& manifests);
// Requests and limits for CPU and memory.
Findings CheckResources(const Manifests& manifests);
// A fixed tag or a digest.
Findings CheckImages(const Manifests& manifests);
// All three probes, patient, on a port that exists, asking for the right health service.
Findings CheckProbes(const Manifests& manifests);
// More time to stop than a graceful stop takes.
Findings CheckDraining(const Manifests& manifests);
// Only the EDIRAE_* names of settings.h, all that are required, and ports that agree with them.
Findings CheckSettings(const Manifests& manifests);

// Rules about what refers to what (wiring_rules.cc).

// One namespace, and everything is in it.
Findings CheckNamespaces(const Manifests& manifests);
// Selectors match their own pods and no others; a StatefulSet has its headless Service.
Findings CheckWorkloads(const Manifests& manifests);
// A selector that matches one workload, and a targetPort that exists there.
Findings CheckServices(const Manifests& manifests);
// A budget for each workload with several replicas, and for no other.
Findings CheckDisruptionBudgets(const Manifests& manifests);
// EDIRAE_*_ADDRESS and EDIRAE_NATS_URL name a Service and a port of it.
Findings CheckAddresses(const Manifests& manifests);

// Rules about what is mounted and stored (storage_rules.cc).

// Every ConfigMap, Secret, key, claim and volume that is named exists; Secrets may be external instead.
Findings CheckReferences(const Manifests& manifests, const ExternalSecrets& external);
// A token-secret is long enough for HS256.
Findings CheckSecrets(const Manifests& manifests);
// JetStream's max_file_store is well below its claim.
Findings CheckNatsStore(const Manifests& manifests);

// All of the above.
Findings CheckAll(const Manifests& manifests, const ExternalSecrets& external);

// The image file: a target for each program, as the manifests run it (image_rules.cc).
Findings CheckContainerfile(const std::string& containerfile);

}  // namespace edirae::deploy

#endif  // EDIRAE_TESTS_DEPLOY_RULES_H_
