#ifndef EDIRAE_SERVICES_CATALOG_TESTING_GENERATED_QUESTIONS_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_GENERATED_QUESTIONS_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"

namespace edirae::catalog::testing {

// The misconceptions that every generated concept has, and that wrong answers name.
inline constexpr absl::string_view kGeneratedMisconceptions[] = {"slope-is-position", "larger-is-faster"};

// Question `number` of a concept as an entry of its questions.yaml. The kinds take turns; `sentence` makes filler.
std::string GeneratedQuestion(const std::string& concept_id, int number, const std::function<std::string()>& sentence);

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_GENERATED_QUESTIONS_H_
