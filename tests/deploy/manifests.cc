#include "tests/deploy/manifests.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace edirae::deploy {

YAML::Node At(const YAML::Node& root, std::initializer_list<absl::string_view> path) {
  YAML::Node current = root;
  for (absl::string_view key : path) {
    if (!current.IsMap()) return {};
    const YAML::Node& map = current;  // only the const look-up leaves the map as it is
    const YAML::Node next = map[std::string(key)];
    if (!next.IsDefined()) return {};
    current.reset(next);  // an assignment would overwrite the document
  }
  return current;
}

std::string TextAt(const YAML::Node& root, std::initializer_list<absl::string_view> path) {
  const YAML::Node node = At(root, path);
  return node.IsScalar() ? node.Scalar() : "";
}

std::string Title(const YAML::Node& object) {
  return absl::StrCat(TextAt(object, {"kind"}), "/", TextAt(object, {"metadata", "name"}));
}

bool Selects(const YAML::Node& selector, const YAML::Node& labels) {
  if (!selector.IsMap() || selector.size() == 0) return false;
  for (const auto& wanted : selector) {
    if (TextAt(labels, {wanted.first.Scalar()}) != wanted.second.Scalar()) return false;
  }
  return true;
}

std::string Container::Title() const {
  return absl::StrCat(deploy::Title(workload), " container ", TextAt(spec, {"name"}));
}

std::string Container::Security(std::initializer_list<absl::string_view> path) const {
  const std::string own = TextAt(At(spec, {"securityContext"}), path);
  return own.empty() ? TextAt(At(pod, {"securityContext"}), path) : own;
}

bool Container::HasPort(const std::string& port) const {
  for (const YAML::Node& each : At(spec, {"ports"})) {
    if (TextAt(each, {"name"}) == port || TextAt(each, {"containerPort"}) == port) return !port.empty();
  }
  return false;
}

std::string Container::PortNumber(const std::string& name) const {
  for (const YAML::Node& each : At(spec, {"ports"})) {
    if (TextAt(each, {"name"}) == name) return TextAt(each, {"containerPort"});
  }
  return "";
}

std::string Container::ImageName() const {
  std::string image = TextAt(spec, {"image"});
  image.erase(0, image.rfind('/') + 1);  // npos + 1 is 0
  return image.substr(0, image.find_first_of(":@"));
}

absl::StatusOr<Manifests> Manifests::Parse(const std::string& text) {
  Manifests manifests;
  try {
    manifests.objects_ = YAML::LoadAll(text);
  } catch (const YAML::Exception& e) {
    return absl::InvalidArgumentError(e.what());
  }
  for (const YAML::Node& object : manifests.objects_) {
    if (TextAt(object, {"kind"}).empty() || TextAt(object, {"metadata", "name"}).empty()) {
      return absl::InvalidArgumentError(absl::StrCat("an object without kind or name:\n", YAML::Dump(object)));
    }
  }
  return manifests;
}

Manifests Manifests::Clone() const {
  Manifests copy;
  for (const YAML::Node& object : objects_) copy.objects_.push_back(YAML::Clone(object));
  return copy;
}

std::vector<YAML::Node> Manifests::OfKind(absl::string_view kind) const {
  std::vector<YAML::Node> found;
  for (const YAML::Node& object : objects_) {
    if (TextAt(object, {"kind"}) == kind) found.push_back(object);
  }
  return found;
}

YAML::Node Manifests::Find(absl::string_view kind, absl::string_view name) const {
  for (const YAML::Node& object : OfKind(kind)) {
    if (TextAt(object, {"metadata", "name"}) == name) return object;
  }
  return {};
}

std::vector<YAML::Node> Manifests::Workloads() const {
  std::vector<YAML::Node> workloads = OfKind("Deployment");
  for (YAML::Node& stateful : OfKind("StatefulSet")) workloads.push_back(stateful);
  return workloads;
}

std::vector<Container> Manifests::Containers() const {
  std::vector<Container> containers;
  for (const YAML::Node& workload : Workloads()) {
    const YAML::Node pod = At(workload, {"spec", "template", "spec"});
    for (const YAML::Node& spec : At(pod, {"containers"})) containers.push_back({workload, pod, spec, false});
    for (const YAML::Node& spec : At(pod, {"initContainers"})) containers.push_back({workload, pod, spec, true});
  }
  return containers;
}

std::vector<std::string> Manifests::Selected(const YAML::Node& selector) const {
  std::vector<std::string> titles;
  for (const YAML::Node& workload : Workloads()) {
    if (Selects(selector, At(workload, {"spec", "template", "metadata", "labels"}))) {
      titles.push_back(Title(workload));
    }
  }
  return titles;
}

void Manifests::Remove(absl::string_view kind, absl::string_view name) {
  std::vector<YAML::Node> kept;
  for (const YAML::Node& object : objects_) {
    if (TextAt(object, {"kind"}) != kind || TextAt(object, {"metadata", "name"}) != name) kept.push_back(object);
  }
  objects_ = std::move(kept);
}

}  // namespace edirae::deploy
