#ifndef EDIRAE_COMMON_CATALOG_READS_CATALOG_ANSWERS_H_
#define EDIRAE_COMMON_CATALOG_READS_CATALOG_ANSWERS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/catalog_reads/masked_answers.h"
#include "common/catalog_reads/paged_answer.h"
#include "common/catalog_reads/prerequisite_graph.h"
#include "common/catalog_reads/ready_answer.h"
#include "common/rpc/call.h"
#include "edirae/catalog/v1/catalog_service.pb.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_reads {

// Everything that is read of one revision, in the form of the responses of `CatalogService`, which are also those of
// `LearnService`. Each answer is serialized once, when it is first asked for, so that a revision of a hundred megabytes
// is there at once. Takes from the revision only what a learner may see; answer keys stay behind. What is handed out is
// shared, not copied, except parts of lists. Thread-safe; what can be observed never changes.
class CatalogAnswers {
 public:
  CatalogAnswers(int64_t revision, std::shared_ptr<const catalog::v1::RevisionContent> content);
  ~CatalogAnswers();

  // The serialized response to each request, without regard to `if_revision_changed` and `read_mask`. INVALID_ARGUMENT
  // for a malformed id, page size or page token, NOT_FOUND for an unknown id.
  using Answer = absl::StatusOr<rpc::Bytes>;
  Answer For(const catalog::v1::ListRoadmapsRequest& request) const;
  Answer For(const catalog::v1::GetRoadmapRequest& request) const;
  Answer For(const catalog::v1::GetStageRequest& request) const;
  Answer For(const catalog::v1::GetConceptRequest& request) const;
  Answer For(const catalog::v1::GetLessonRequest& request) const;
  Answer For(const catalog::v1::GetResourceRequest& request) const;
  Answer For(const catalog::v1::GetMilestoneRequest& request) const;
  Answer For(const catalog::v1::GetQuestionRequest& request) const;
  Answer For(const catalog::v1::GetFlashcardRequest& request) const;
  Answer For(const catalog::v1::GetCareerPathRequest& request) const;
  Answer For(const catalog::v1::GetPrerequisiteGraphRequest& request) const;
  Answer For(const catalog::v1::ListStagesRequest& request) const;
  Answer For(const catalog::v1::ListConceptsRequest& request) const;
  Answer For(const catalog::v1::ListMilestonesRequest& request) const;
  Answer For(const catalog::v1::ListResourcesRequest& request) const;
  Answer For(const catalog::v1::ListCareerPathsRequest& request) const;
  Answer For(const catalog::v1::ListQuestionsRequest& request) const;
  Answer For(const catalog::v1::ListFlashcardsRequest& request) const;

  // What is answered to a caller who holds this revision's answer; `revision_field` is kGetRevisionField or
  // kListRevisionField.
  rpc::Bytes NotModified(int revision_field) const;

  // OK when the revision has this roadmap.
  absl::Status CheckRoadmap(const std::string& roadmap_id) const;

  const MaskedAnswers& masked() const { return masked_; }
  int64_t revision() const { return revision_; }

 private:
  struct RoadmapAnswers;
  struct StageAnswers;
  struct ConceptAnswers;
  // The answer about one message.
  struct ItemAnswer {
    explicit ItemAnswer(const google::protobuf::MessageLite& about) : item(about) {}

    const google::protobuf::MessageLite& item;
    ReadyAnswer answer;
  };
  // Ids lie in the content.
  template <class Answers>
  using ById = absl::flat_hash_map<absl::string_view, std::unique_ptr<Answers>>;

  // One entry of a list.
  struct Entry {
    const PagedAnswer* list;
    size_t place;
  };

  void AddRoadmap(const catalog::v1::Roadmap& roadmap);
  void AddStage(const catalog::v1::Stage& stage, const std::string& roadmap_id, RoadmapAnswers& roadmap);
  void AddConcept(const catalog::v1::Concept& taught);
  void AddResource(const catalog::v1::Resource& resource);
  void AddStageResources(const catalog::v1::Roadmap& roadmap);
  void AddQuestion(const catalog::v1::Question& question);
  void AddFlashcard(const catalog::v1::Flashcard& card);

  rpc::Bytes Got(const google::protobuf::MessageLite& item) const;
  rpc::Bytes Got(const ItemAnswer& item) const;
  Answer Got(const Entry& entry) const;
  // Null when the revision does not have the concept.
  ConceptAnswers* AnswersAbout(absl::string_view concept_id) const;
  absl::StatusOr<const RoadmapAnswers*> FindRoadmap(const std::string& roadmap_id) const;
  absl::StatusOr<const StageAnswers*> FindStage(const std::string& roadmap_id, const std::string& stage_id) const;
  absl::StatusOr<const ConceptAnswers*> FindConcept(const std::string& concept_id) const;

  const int64_t revision_;
  const std::shared_ptr<const catalog::v1::RevisionContent> content_;
  const ConceptPlaces places_;
  std::vector<std::unique_ptr<const catalog::v1::Roadmap>> headlines_;  // what `roadmap_list_` lists
  rpc::Bytes not_modified_get_;
  rpc::Bytes not_modified_list_;
  PagedAnswer roadmap_list_;
  ById<RoadmapAnswers> roadmaps_;
  absl::flat_hash_map<std::string, std::unique_ptr<StageAnswers>> stages_;  // by roadmap and stage
  ById<ConceptAnswers> concepts_;
  ById<ItemAnswer> resources_;
  ById<ItemAnswer> milestones_;
  absl::flat_hash_map<absl::string_view, Entry> questions_;
  absl::flat_hash_map<absl::string_view, Entry> flashcards_;
  MaskedAnswers masked_;
};

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_CATALOG_ANSWERS_H_
