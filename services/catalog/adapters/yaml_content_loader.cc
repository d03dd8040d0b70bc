#include "services/catalog/adapters/yaml_content_loader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/ids/ids.h"
#include "services/catalog/adapters/content_files.h"
#include "services/catalog/adapters/content_folder.h"
#include "services/catalog/domain/nearest.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// Reads one folder tree. Used once.
class YamlContentLoader {
 public:
  explicit YamlContentLoader(std::string folder) : folder_(std::move(folder)) {}

  ReadContent Load() {
    const absl::StatusOr<std::vector<std::string>> names = FoldersIn(folder_);
    if (!names.ok()) {
      Add({.file = folder_}, std::string(names.status().message()), "name the folder that holds the roadmaps' folders");
    } else if (names->empty()) {
      Add({.file = folder_}, "the content folder holds no roadmap", "make a folder with a roadmap.yaml");
    } else if (names->size() > limits::kMaxRoadmaps) {
      Add({.file = folder_}, absl::StrCat("there are ", names->size(), " roadmaps"),
          absl::StrCat("keep to ", limits::kMaxRoadmaps));
    } else {
      for (const std::string& name : *names) LoadRoadmap(name);
    }
    return {std::move(content_), std::move(report_.sources), std::move(report_.findings)};
  }

 private:
  void Add(const Location& at, std::string problem, std::string remedy) {
    report_.findings.push_back({at, std::move(problem), std::move(remedy)});
  }

  void LoadRoadmap(const std::string& name) {
    const Path path = Path().Field("roadmaps", static_cast<size_t>(content_.roadmaps_size()));
    v1::Roadmap& roadmap = *content_.add_roadmaps();
    roadmap.set_roadmap_id(name);
    const std::string folder = absl::StrCat(folder_, "/", name);
    const auto file = Parse(folder, "roadmap.yaml", path, {.file = absl::StrCat(folder, "/roadmap.yaml")});
    if (!file) return;
    const std::vector<FileReference> stages = ReadRoadmapFile(*file, path, report_, roadmap);
    Listed listed_stages, listed_concepts;
    for (const FileReference& reference : stages) {
      if (IsUsable(reference, "stage", listed_stages)) LoadStage(folder, reference, path, roadmap, listed_concepts);
    }
    // A list that could not be read lists nothing, which is no reason to call every file forgotten.
    bool complete = !report_.sources.IsBroken(path.Field("stages"));
    if (complete) ReportForgotten(absl::StrCat(folder, "/stages"), "stages of roadmap.yaml", listed_stages);
    for (int i = 0; i < roadmap.stages_size(); ++i) {
      complete = complete && !report_.sources.IsBroken(path.Field("stages", static_cast<size_t>(i)).Field("concepts"));
    }
    if (complete) ReportForgotten(absl::StrCat(folder, "/concepts"), "concepts of a stage", listed_concepts);
  }

  // Where each id was listed first.
  using Listed = absl::flat_hash_map<std::string, Location>;

  // Whether the reference names a file that is to be read: a slug, and not one that was read already.
  bool IsUsable(const FileReference& reference, absl::string_view what, Listed& listed) {
    if (!IsSlug(reference.id)) {
      Add(reference.at, absl::StrCat("the ", what, " id '", reference.id, "' is no slug"),
          "use 1 to 63 lower-case letters, digits and hyphens, a letter first");
      return false;
    }
    const auto [first, is_new] = listed.try_emplace(reference.id, reference.at);
    if (!is_new) {
      Add(reference.at, absl::StrCat("the ", what, " '", reference.id, "' is listed twice"),
          absl::StrCat("remove one; the first is at ", ToString(first->second)));
    }
    return is_new;
  }

  void LoadStage(const std::string& folder, const FileReference& reference, const Path& roadmap_path,
                 v1::Roadmap& roadmap, Listed& listed_concepts) {
    const Path path = roadmap_path.Field("stages", static_cast<size_t>(roadmap.stages_size()));
    v1::Stage& stage = *roadmap.add_stages();
    stage.set_stage_id(reference.id);
    const auto file = Parse(absl::StrCat(folder, "/stages"), absl::StrCat(reference.id, ".yaml"), path, reference.at);
    if (!file) return;
    for (const FileReference& taught : ReadStageFile(*file, reference.id, path, report_, stage)) {
      if (IsUsable(taught, "concept", listed_concepts)) LoadConcept(folder, taught, path, stage);
    }
  }

  void LoadConcept(const std::string& folder, const FileReference& reference, const Path& stage_path,
                   v1::Stage& stage) {
    const Path path = stage_path.Field("concepts", static_cast<size_t>(stage.concepts_size()));
    v1::Concept& taught = *stage.add_concepts();
    taught.set_concept_id(reference.id);
    const auto file = Parse(absl::StrCat(folder, "/concepts"), absl::StrCat(reference.id, ".yaml"), path, reference.at);
    if (file) ReadConceptFile(*file, reference.id, path, report_, taught, content_);
  }

  // Nothing, and `path` broken, when the file cannot be read. A missing file is reported at `wanted_at`.
  std::optional<ContentFile> Parse(const std::string& folder, const std::string& base_name, const Path& path,
                                   const Location& wanted_at) {
    const std::string name = absl::StrCat(folder, "/", base_name);
    report_.sources.Put(path, wanted_at);
    const size_t findings_before = report_.findings.size();
    ContentFile file{.name = name};
    if (++files_ > limits::kMaxFiles) {
      Add(wanted_at, "there are too many files", absl::StrCat("keep to ", limits::kMaxFiles));
    } else if (const absl::StatusOr<std::string> text = ReadBounded(name); text.ok()) {
      file.root = ParseYaml(name, *text, report_.findings);
    } else if (text.status().code() == absl::StatusCode::kNotFound) {
      const std::vector<std::string> there = YamlFilesIn(folder);
      Add(wanted_at, absl::StrCat("there is no file ", name),
          DidYouMean(base_name, {there.begin(), there.end()}, "write it, or remove what names it"));
    } else {
      Add({.file = name}, std::string(text.status().message()),
          absl::StrCat("write a readable file of at most ", limits::kMaxFileBytes, " bytes"));
    }
    if (report_.findings.size() == findings_before) return file;
    report_.sources.MarkBroken(path);
    return std::nullopt;
  }

  void ReportForgotten(const std::string& folder, absl::string_view list, const Listed& listed) {
    for (const std::string& name : YamlFilesIn(folder)) {
      const std::string file = absl::StrCat(folder, "/", name);
      absl::string_view id = name;
      if (!absl::ConsumeSuffix(&id, ".yaml")) {
        Add({.file = file}, "the file is not read, because its name ends in .yml", "rename it to .yaml");
      } else if (!listed.contains(id)) {
        Add({.file = file}, absl::StrCat("nothing lists '", id, "'"),
            absl::StrCat("add it to the ", list, ", or remove the file"));
      }
    }
  }

  const std::string folder_;
  v1::RevisionContent content_;
  LoadReport report_;
  size_t files_ = 0;
};

}  // namespace

ReadContent ReadYamlContent(const std::string& folder) { return YamlContentLoader(folder).Load(); }

}  // namespace edirae::catalog
