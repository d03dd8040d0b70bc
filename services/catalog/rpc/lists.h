#ifndef EDIRAE_SERVICES_CATALOG_RPC_LISTS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_LISTS_H_

#include "absl/status/statusor.h"
#include "edirae/catalog/v1/catalog_service.pb.h"
#include "services/catalog/domain/revision.h"

// One page of each list of the catalog, computed from a revision. Errors as CatalogService says.
namespace edirae::catalog {

absl::StatusOr<v1::ListRoadmapsResponse> ListRoadmaps(const Revision& revision, const v1::ListRoadmapsRequest& request);
absl::StatusOr<v1::ListCareerPathsResponse> ListCareerPaths(const Revision& revision,
                                                            const v1::ListCareerPathsRequest& request);
absl::StatusOr<v1::ListResourcesResponse> ListResources(const Revision& revision,
                                                        const v1::ListResourcesRequest& request);
absl::StatusOr<v1::ListQuestionsResponse> ListQuestions(const Revision& revision,
                                                        const v1::ListQuestionsRequest& request);
absl::StatusOr<v1::ListFlashcardsResponse> ListFlashcards(const Revision& revision,
                                                          const v1::ListFlashcardsRequest& request);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_LISTS_H_
