#ifndef EDIRAE_SERVICES_CATALOG_RPC_CATALOG_METHODS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_CATALOG_METHODS_H_

#include "common/rpc/method_table.h"
#include "services/catalog/rpc/revisions.h"

namespace edirae::catalog {

// Full names of the methods of CatalogService.
inline constexpr char kListRoadmaps[] = "/edirae.catalog.v1.CatalogService/ListRoadmaps";
inline constexpr char kGetRoadmap[] = "/edirae.catalog.v1.CatalogService/GetRoadmap";
inline constexpr char kGetStage[] = "/edirae.catalog.v1.CatalogService/GetStage";
inline constexpr char kGetConcept[] = "/edirae.catalog.v1.CatalogService/GetConcept";
inline constexpr char kGetLesson[] = "/edirae.catalog.v1.CatalogService/GetLesson";
inline constexpr char kGetResource[] = "/edirae.catalog.v1.CatalogService/GetResource";
inline constexpr char kGetMilestone[] = "/edirae.catalog.v1.CatalogService/GetMilestone";
inline constexpr char kGetQuestion[] = "/edirae.catalog.v1.CatalogService/GetQuestion";
inline constexpr char kGetFlashcard[] = "/edirae.catalog.v1.CatalogService/GetFlashcard";
inline constexpr char kGetCareerPath[] = "/edirae.catalog.v1.CatalogService/GetCareerPath";
inline constexpr char kGetPrerequisiteGraph[] = "/edirae.catalog.v1.CatalogService/GetPrerequisiteGraph";
inline constexpr char kListStages[] = "/edirae.catalog.v1.CatalogService/ListStages";
inline constexpr char kListConcepts[] = "/edirae.catalog.v1.CatalogService/ListConcepts";
inline constexpr char kListMilestones[] = "/edirae.catalog.v1.CatalogService/ListMilestones";
inline constexpr char kListResources[] = "/edirae.catalog.v1.CatalogService/ListResources";
inline constexpr char kListCareerPaths[] = "/edirae.catalog.v1.CatalogService/ListCareerPaths";
inline constexpr char kListQuestions[] = "/edirae.catalog.v1.CatalogService/ListQuestions";
inline constexpr char kListFlashcards[] = "/edirae.catalog.v1.CatalogService/ListFlashcards";
inline constexpr char kSearch[] = "/edirae.catalog.v1.CatalogService/Search";

// Adds the methods of CatalogService, answered from the newest of `revisions`, which must outlive the table.
void AddCatalogMethods(Revisions& revisions, rpc::MethodTable& methods);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_CATALOG_METHODS_H_
