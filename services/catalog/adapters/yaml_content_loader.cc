#include "services/catalog/adapters/yaml_content_loader.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/ids/ids.h"
#include "services/catalog/adapters/concept_folder.h"
#include "services/catalog/adapters/content_files.h"
#include "services/catalog/adapters/content_folder.h"
#include "services/catalog/adapters/content_reader.h"
#include "services/catalog/adapters/parallel.h"
#include "services/catalog/domain/nearest.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// Beside the roadmaps, for editors.
constexpr char kSchemaFolder[] = "schema";

// Where each id was listed first.
using Listed = absl::flat_hash_map<std::string, Location>;

// What is read of one concept, apart from all others, so that they can be read side by side.
struct ConceptPart {
  ConceptFolder folder;
  v1::Concept* taught;
  v1::RevisionContent content;
  LoadReport report;
};

// Moves the entries of `from` behind those of `to`. Returns the index of the first in `to`.
template <class Entry>
size_t MoveBehind(google::protobuf::RepeatedPtrField<Entry>& from, google::protobuf::RepeatedPtrField<Entry>& to) {
  const auto first = static_cast<size_t>(to.size());
  std::vector<Entry*> entries(static_cast<size_t>(from.size()));
  from.ExtractSubrange(0, from.size(), entries.data());
  for (Entry* entry : entries) to.AddAllocated(entry);
  return first;
}

// Reads one folder tree. Used once.
class YamlContentLoader {
 public:
  explicit YamlContentLoader(std::string folder) : folder_(std::move(folder)) {}

  ReadContent Load() {
    absl::StatusOr<std::vector<std::string>> names = FoldersIn(folder_);
    if (names.ok()) std::erase(*names, kSchemaFolder);
    if (!names.ok()) {
      reader_.Add({.file = folder_}, std::string(names.status().message()),
                  "name the folder that holds the roadmaps' folders");
    } else if (std::ranges::count(EntriesOf(folder_), "roadmap.yaml") > 0) {
      reader_.Add({.file = folder_}, "this is a roadmap, and not the folder that holds the roadmaps",
                  "name the folder above");
    } else if (names->empty()) {
      reader_.Add({.file = folder_}, "the content folder holds no roadmap", "make a folder with a roadmap.yaml");
    } else if (names->size() > limits::kMaxRoadmaps) {
      reader_.Add({.file = folder_}, absl::StrCat("there are ", names->size(), " roadmaps"),
                  absl::StrCat("keep to ", limits::kMaxRoadmaps));
    } else {
      for (const std::string& name : *names) LoadRoadmap(name);
      LoadConcepts();
    }
    return {std::move(content_), std::move(report_.sources), std::move(report_.findings)};
  }

 private:
  void LoadRoadmap(const std::string& name) {
    const Path path = Path().Field("roadmaps", static_cast<size_t>(content_.roadmaps_size()));
    v1::Roadmap& roadmap = *content_.add_roadmaps();
    roadmap.set_roadmap_id(name);
    const std::string folder = absl::StrCat(folder_, "/", name);
    if (RefuseLink(folder)) return report_.sources.MarkBroken(path);
    ReportSurplus(folder, {"roadmap.yaml", "migrations.yaml", "stages", "concepts"});
    const std::string file_name = absl::StrCat(folder, "/roadmap.yaml");
    const auto file =
        reader_.Yaml({file_name, {.file = file_name}, "write it, or name the folder with a dot at the start"}, path);
    if (!file) return;
    for (const char* inside : {"/stages", "/concepts"}) {
      if (RefuseLink(folder + inside)) return report_.sources.MarkBroken(path);
    }
    const std::vector<FileReference> stages = ReadRoadmapFile(*file, path, report_, roadmap);
    Listed listed_stages, listed_concepts;
    for (const FileReference& reference : stages) {
      if (IsUsable(reference, "stage", listed_stages)) LoadStage(folder, reference, path, roadmap, listed_concepts);
    }
    // A list that could not be read lists nothing, which is no reason to call every file forgotten.
    bool complete = !report_.sources.IsBroken(path.Field("stages"));
    if (complete) ReportForgottenStages(folder, listed_stages);
    for (int i = 0; i < roadmap.stages_size(); ++i) {
      complete = complete && !report_.sources.IsBroken(path.Field("stages", static_cast<size_t>(i)).Field("concepts"));
    }
    if (complete) ReportForgottenConcepts(folder, listed_concepts);
  }

  // Whether the reference names a file that is to be read: a slug, and not one that was read already.
  bool IsUsable(const FileReference& reference, absl::string_view what, Listed& listed) {
    if (!IsSlug(reference.id)) {
      reader_.Add(reference.at, absl::StrCat("the ", what, " id '", reference.id, "' is no slug"),
                  "use 1 to 63 lower-case letters, digits and hyphens, a letter first");
      return false;
    }
    const auto [first, is_new] = listed.try_emplace(reference.id, reference.at);
    if (!is_new) {
      reader_.Add(reference.at, absl::StrCat("the ", what, " '", reference.id, "' is listed twice"),
                  absl::StrCat("remove one; the first is at ", ToString(first->second)));
    }
    return is_new;
  }

  void LoadStage(const std::string& folder, const FileReference& reference, const Path& roadmap_path,
                 v1::Roadmap& roadmap, Listed& listed_concepts) {
    const Path path = roadmap_path.Field("stages", static_cast<size_t>(roadmap.stages_size()));
    v1::Stage& stage = *roadmap.add_stages();
    stage.set_stage_id(reference.id);
    const std::string stages = absl::StrCat(folder, "/stages");
    const std::string base_name = absl::StrCat(reference.id, ".yaml");
    std::vector<std::string> there;
    if (report_.findings.size() < limits::kMaxSuggestions) there = EntriesOf(stages);
    const auto file =
        reader_.Yaml({absl::StrCat(stages, "/", base_name), reference.at,
                      DidYouMean(base_name, {there.begin(), there.end()}, "write it, or remove what names it")},
                     path);
    if (!file) return;
    for (const FileReference& taught : ReadStageFile(*file, reference.id, path, report_, stage)) {
      if (!IsUsable(taught, "concept", listed_concepts)) continue;
      const Path concept_path = path.Field("concepts", static_cast<size_t>(stage.concepts_size()));
      v1::Concept& content = *stage.add_concepts();
      content.set_concept_id(taught.id);
      report_.sources.Put(concept_path, taught.at);
      const std::string name = absl::StrCat(folder, "/concepts/", taught.id);
      if (IsFolder(name) && reader_.Spare(kFilesOfConcept, taught.at)) {
        concepts_.push_back({{name, taught, concept_path}, &content, {}, {}});
        continue;
      }
      if (!IsFolder(name) && !RefuseLink(name)) ReportMissingConcept(folder, taught);
      report_.sources.MarkBroken(concept_path);
    }
  }

  void ReportMissingConcept(const std::string& folder, const FileReference& taught) {
    std::vector<std::string> there;
    if (report_.findings.size() < limits::kMaxSuggestions) there = EntriesOf(folder + "/concepts");
    reader_.Add(taught.at, absl::StrCat("there is no folder ", folder, "/concepts/", taught.id),
                DidYouMean(taught.id, {there.begin(), there.end()},
                           "make it with concept.yaml, explanation.md, questions.yaml, flashcards.yaml, or remove what "
                           "names it"));
  }

  // Reads the folders of all concepts that the stages list, and puts together what they hold, in order.
  void LoadConcepts() {
    ForEachInParallel(concepts_.size(), [this](size_t i) {
      ConceptPart& part = concepts_[i];
      ContentReader reader(part.report, kFilesOfConcept);
      ReadConceptFolder(part.folder, reader, *part.taught, part.content);
    });
    for (ConceptPart& part : concepts_) {
      report_.sources.Adopt(
          std::move(part.report.sources), part.folder.path,
          {{"questions", MoveBehind(*part.content.mutable_questions(), *content_.mutable_questions())},
           {"flashcards", MoveBehind(*part.content.mutable_flashcards(), *content_.mutable_flashcards())},
           {"lessons", MoveBehind(*part.content.mutable_lessons(), *content_.mutable_lessons())},
           {"resources", MoveBehind(*part.content.mutable_resources(), *content_.mutable_resources())}});
      report_.findings.insert(report_.findings.end(), std::make_move_iterator(part.report.findings.begin()),
                              std::make_move_iterator(part.report.findings.end()));
    }
  }

  // Whether a folder is a link, which is reported.
  bool RefuseLink(const std::string& folder) {
    if (!IsLink(folder)) return false;
    reader_.Add({.file = folder}, "this is a link, which is not followed", "put the folder itself here");
    return true;
  }

  // Reports what lies in `folder` beside `known`.
  void ReportSurplus(const std::string& folder, std::initializer_list<absl::string_view> known) {
    for (const std::string& name : EntriesOf(folder)) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      reader_.Add({.file = absl::StrCat(folder, "/", name)}, "this is not read",
                  DidYouMean(name, known,
                             absl::StrCat("move it to where it belongs, or remove it; a roadmap has ",
                                          absl::StrJoin(known, ", "))));
    }
  }

  void ReportForgottenStages(const std::string& folder, const Listed& listed) {
    for (const std::string& name : EntriesOf(absl::StrCat(folder, "/stages"))) {
      const Location at{.file = absl::StrCat(folder, "/stages/", name)};
      absl::string_view id = name;
      if (!absl::ConsumeSuffix(&id, ".yaml")) {
        reader_.Add(at, "the file is not read, because its name does not end in .yaml", "rename or remove it");
      } else if (!listed.contains(id)) {
        reader_.Add(at, absl::StrCat("nothing lists '", id, "'"),
                    "add it to the stages of roadmap.yaml, or remove the file");
      }
    }
  }

  void ReportForgottenConcepts(const std::string& folder, const Listed& listed) {
    for (const std::string& name : EntriesOf(absl::StrCat(folder, "/concepts"))) {
      const Location at{.file = absl::StrCat(folder, "/concepts/", name)};
      if (!IsFolder(at.file)) {
        reader_.Add(at, "the file is not read, because each concept has a folder of its own",
                    "move it into one, or remove it");
      } else if (!listed.contains(name)) {
        reader_.Add(at, absl::StrCat("nothing lists '", name, "'"),
                    "add it to the concepts of a stage, or remove the folder");
      }
    }
  }

  const std::string folder_;
  v1::RevisionContent content_;
  LoadReport report_;
  ContentReader reader_{report_};
  std::vector<ConceptPart> concepts_;
};

}  // namespace

ReadContent ReadYamlContent(const std::string& folder) { return YamlContentLoader(folder).Load(); }

}  // namespace edirae::catalog
