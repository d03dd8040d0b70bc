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

// Roadmaps, stages, resources, milestones, careers, tips, FAQ: texts, ids, ranges, references, sizes.
void CheckRoadmaps(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);
// Questions with their keys, and flashcards.
void CheckItems(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);
// Prerequisites: known, taught earlier, without cycles, no optional one of a required concept.
void CheckPrerequisites(const Curriculum& curriculum, Checker& check);
// Mastery criteria: well formed, and such that a learner can meet them with the questions that there are.
void CheckCriteria(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_VALIDATE_H_
