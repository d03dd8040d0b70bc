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
Findings CheckConfinement(const Manifests& manifests);  // non-root, read-only root, no capability, no token, no host
Findings CheckResources(const Manifests& manifests);    // requests and limits for CPU and memory
Findings CheckImages(const Manifests& manifests);       // a fixed tag or digest
Findings CheckProbes(
    const Manifests& manifests);  // all three, on a port that exists, patient, of the right health service
Findings CheckDraining(const Manifests& manifests);  // longer than a graceful stop takes
Findings CheckSettings(const Manifests& manifests);  // EDIRAE_* names of settings.h; ports that agree with them

// Rules about what refers to what (wiring_rules.cc).
Findings CheckNamespaces(const Manifests& manifests);  // one, and everything is in it
Findings CheckWorkloads(const Manifests& manifests);   // selectors match their own pods and no others; serviceName
Findings CheckServices(const Manifests& manifests);    // a selector that matches one workload, a targetPort that exists
Findings CheckDisruptionBudgets(
    const Manifests& manifests);                      // one for each workload with several replicas, and only there
Findings CheckAddresses(const Manifests& manifests);  // EDIRAE_*_ADDRESS and _URL name a Service and its port

// Rules about what is mounted and stored (storage_rules.cc).
Findings CheckReferences(const Manifests& manifests,
                         const ExternalSecrets& external);  // ConfigMaps, Secrets, claims exist
Findings CheckSecrets(const Manifests& manifests);          // token-secret is long enough for HS256
Findings CheckNatsStore(const Manifests& manifests);        // max_file_store is below the claim

// All of the above.
Findings CheckAll(const Manifests& manifests, const ExternalSecrets& external);

// The image file: a target for each program, as the manifests run it (image_rules.cc).
Findings CheckContainerfile(const std::string& containerfile);

}  // namespace edirae::deploy

#endif  // EDIRAE_TESTS_DEPLOY_RULES_H_
