#ifndef EDIRAE_GATEWAY_CATALOG_CATALOG_ANSWERS_H_
#define EDIRAE_GATEWAY_CATALOG_CATALOG_ANSWERS_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/rpc/call.h"
#include "gateway/catalog/paged_answer.h"

namespace edirae::gateway {

// Everything that clients read of one revision, serialized once in the form of `LearnService`'s responses. Takes from
// the revision only what a learner may see; answer keys stay behind. Immutable and thread-safe.
class CatalogAnswers {
 public:
  explicit CatalogAnswers(const CatalogRevision& revision);

  // Serialized `ListRoadmapsResponse`.
  absl::StatusOr<rpc::Bytes> ListRoadmaps(int page_size, absl::string_view page_token) const;
  // NOT_FOUND unless the revision has the roadmap.
  absl::Status CheckRoadmap(absl::string_view roadmap_id) const;
  // Serialized `GetRoadmapResponse`. INVALID_ARGUMENT for a malformed id, NOT_FOUND for an unknown one.
  absl::StatusOr<rpc::Bytes> GetRoadmap(absl::string_view roadmap_id) const;
  // Serialized `GetConceptResponse`; errors in the same way, here and below.
  absl::StatusOr<rpc::Bytes> GetConcept(absl::string_view concept_id) const;
  // Serialized `GetLessonResponse`.
  absl::StatusOr<rpc::Bytes> GetLesson(absl::string_view concept_id) const;
  // Serialized `ListResourcesResponse`, `ListQuestionsResponse` and `ListFlashcardsResponse`.
  absl::StatusOr<rpc::Bytes> ListResources(absl::string_view concept_id, int page_size,
                                           absl::string_view page_token) const;
  absl::StatusOr<rpc::Bytes> ListQuestions(absl::string_view concept_id, int page_size,
                                           absl::string_view page_token) const;
  absl::StatusOr<rpc::Bytes> ListFlashcards(absl::string_view concept_id, int page_size,
                                            absl::string_view page_token) const;

  int64_t revision() const { return revision_; }

 private:
  // What can be asked about one concept.
  struct ConceptAnswers {
    ConceptAnswers(absl::string_view concept_id, int64_t revision);

    rpc::Bytes content;
    rpc::Bytes lesson;
    PagedAnswer resources;
    PagedAnswer questions;
    PagedAnswer flashcards;
  };

  // The answers about a concept; null when the revision does not have it.
  ConceptAnswers* AnswersFor(absl::string_view concept_id);
  void AddRoadmap(const catalog::v1::Roadmap& roadmap);
  void AddConcept(const catalog::v1::Concept& content);
  void AddLessons(const catalog::v1::RevisionContent& content);
  void AddResources(const catalog::v1::RevisionContent& content);
  void AddPractice(const catalog::v1::RevisionContent& content);
  absl::StatusOr<const ConceptAnswers*> Find(absl::string_view concept_id) const;

  const int64_t revision_;
  PagedAnswer roadmap_list_;
  absl::flat_hash_map<std::string, rpc::Bytes> roadmaps_;
  absl::flat_hash_map<std::string, std::unique_ptr<ConceptAnswers>> concepts_;
};

// Holds the answers of the newest revision. Thread-safe.
class NewestCatalog {
 public:
  void Set(std::shared_ptr<const CatalogAnswers> answers);

  // UNAVAILABLE with reason CATALOG_NOT_LOADED before the first revision.
  absl::StatusOr<std::shared_ptr<const CatalogAnswers>> Get() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const CatalogAnswers> answers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CATALOG_CATALOG_ANSWERS_H_
