#ifndef EDIRAE_SERVICES_CATALOG_TESTING_COOKING_FILES_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_COOKING_FILES_H_

// Where the small roadmap "cooking" of content_tree.h keeps what tests spoil.
namespace edirae::catalog {

inline constexpr char kRoadmap[] = "cooking/roadmap.yaml";
inline constexpr char kBasics[] = "cooking/stages/basics.yaml";
inline constexpr char kDishes[] = "cooking/stages/dishes.yaml";
inline constexpr char kWater[] = "cooking/concepts/water/concept.yaml";
inline constexpr char kFire[] = "cooking/concepts/fire/concept.yaml";
inline constexpr char kSoup[] = "cooking/concepts/soup/concept.yaml";
inline constexpr char kWaterLesson[] = "cooking/concepts/water/explanation.md";
inline constexpr char kWaterQuestions[] = "cooking/concepts/water/questions.yaml";
inline constexpr char kFireQuestions[] = "cooking/concepts/fire/questions.yaml";
inline constexpr char kSoupQuestions[] = "cooking/concepts/soup/questions.yaml";

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_COOKING_FILES_H_
