// Rendered Kubernetes manifests, in the shape in which the rules ask about them.
#ifndef EDIRAE_TESTS_DEPLOY_MANIFESTS_H_
#define EDIRAE_TESTS_DEPLOY_MANIFESTS_H_

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "yaml-cpp/yaml.h"

namespace edirae::deploy {

// The node at the end of a path of keys; a null node where the path leads nowhere.
YAML::Node At(const YAML::Node& root, std::initializer_list<absl::string_view> path);

// The scalar at the end of a path of keys; empty where there is none.
std::string TextAt(const YAML::Node& root, std::initializer_list<absl::string_view> path);

// `Kind/name` of an object, for messages.
std::string Title(const YAML::Node& object);

// Whether every label of `selector` is in `labels`. An empty selector matches nothing: no object of ours
// means everything.
bool Selects(const YAML::Node& selector, const YAML::Node& labels);

// A container of a pod template, with what surrounds it. The nodes alias the manifests that they came from.
struct Container {
  YAML::Node workload;
  YAML::Node pod;  // spec.template.spec
  YAML::Node spec;
  bool init = false;

  std::string Title() const;

  // The named setting of the container's securityContext, or else of the pod's.
  std::string Security(std::initializer_list<absl::string_view> path) const;

  // Whether the container declares the port, given by name or by number.
  bool HasPort(const std::string& port) const;

  // The number of the port with this name; empty where there is none.
  std::string PortNumber(const std::string& name) const;

  // `edirae-gateway` of `some/where/edirae-gateway:0.1.0`.
  std::string ImageName() const;
};

// A set of objects. Copies share their nodes; `Clone` does not.
class Manifests {
 public:
  // Reads a stream of YAML documents. INVALID_ARGUMENT where it is not YAML, or an object lacks its kind or
  // name.
  static absl::StatusOr<Manifests> Parse(const std::string& text);

  Manifests Clone() const;

  const std::vector<YAML::Node>& objects() const { return objects_; }
  std::vector<YAML::Node> OfKind(absl::string_view kind) const;

  // The object with this kind and name; a null node where there is none.
  YAML::Node Find(absl::string_view kind, absl::string_view name) const;

  // Deployments and StatefulSets.
  std::vector<YAML::Node> Workloads() const;

  // Every container of every workload, init containers too.
  std::vector<Container> Containers() const;

  // Titles of the workloads whose pods the selector matches.
  std::vector<std::string> Selected(const YAML::Node& selector) const;

  void Add(YAML::Node object) { objects_.push_back(std::move(object)); }
  void Remove(absl::string_view kind, absl::string_view name);

 private:
  std::vector<YAML::Node> objects_;
};

}  // namespace edirae::deploy

#endif  // EDIRAE_TESTS_DEPLOY_MANIFESTS_H_
