#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_VALIDATE_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_VALIDATE_H_

#include <vector>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/checker.h"
#include "services/catalog/domain/curriculum.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/source_map.h"

namespace edirae::catalog {

// Everything that is wrong with content, in order of place; empty for content that may be published. `sources` says
// where the fields were written.
std::vector<Finding> Validate(const v1::RevisionContent& content, const SourceMap& sources);

// The parts of `Validate`.

// Roadmaps, stages, concepts, tips, FAQ: texts, ids, ranges, related roadmaps, sizes.
void CheckRoadmaps(const v1::RevisionContent& content, Checker& check);
// Careers and the concepts that they need.
void CheckCareers(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);
// Resources of stages and of concepts: languages, addresses, references.
void CheckResources(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);
// Milestones: steps, evidence, criteria whose levels rise and can be met.
void CheckMilestones(const v1::RevisionContent& content, Checker& check);
// Lessons: one a concept, whole Markdown, misconceptions.
void CheckLessons(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);
// Questions with their keys: see question_checks.h.
void CheckQuestions(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);
void CheckFlashcards(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);
// Prerequisites and helpful concepts: known, taught earlier, without circles; no optional prerequisite of a required
// concept.
void CheckPrerequisites(const Curriculum& curriculum, Checker& check);
// Concepts that no learner can ever reach, because they lie behind a circle of prerequisites.
void CheckReachability(const Curriculum& curriculum, Checker& check);
// Mastery criteria: well formed, and such that a learner can meet them with the questions that there are.
void CheckCriteria(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_VALIDATE_H_
