#ifndef EDIRAE_SERVICES_CATALOG_TESTING_CONTENT_TREE_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_CONTENT_TREE_H_

#include <map>
#include <string>
#include <vector>

#include "common/testing/temp_folder.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog::testing {

// A small content folder without mistakes, to be spoilt: the roadmap `cooking` with the stages `basics` (concepts
// `water`, `fire`) and `dishes` (`soup`, and `garnish`, which is optional). Each concept has a question of each kind of
// choice, and `soup` one of each other kind too. What learners must not see starts with KEY.
class ContentTree {
 public:
  ContentTree();

  // Text of a file, by its name inside the folder, e.g. "cooking/roadmap.yaml".
  std::string& operator[](const std::string& file) { return files_[file]; }
  // Replaces the first `from`, which must be there, by `to`.
  void Replace(const std::string& file, const std::string& from, const std::string& to);
  // Adds the four files of a concept; `head` stands between its summary and its minutes.
  void AddConcept(const std::string& roadmap, const std::string& id, const std::string& head);
  void Remove(const std::string& file) { files_.erase(file); }
  // Names of all files whose name starts with `start`.
  std::vector<std::string> FilesIn(const std::string& start) const;

  // Writes everything and returns the folder.
  std::string Write() const;

 private:
  edirae::testing::TempFolder folder_;
  std::map<std::string, std::string> files_;
};

// What loading the tree finds, as an author sees it, with the folder taken off.
std::vector<std::string> FindingsIn(const ContentTree& tree);

// The content of an unspoilt tree.
v1::RevisionContent GoodContent();

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_CONTENT_TREE_H_
