#ifndef EDIRAE_CLI_CATALOG_CRITERION_WORDS_H_
#define EDIRAE_CLI_CATALOG_CRITERION_WORDS_H_

#include <string>
#include <vector>

#include "edirae/catalog/v1/content.pb.h"

namespace edirae::cli {

// What a mastery criterion asks for, one sentence a clause.
std::vector<std::string> CriterionInWords(const catalog::v1::MasteryCriterion& criterion);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_CRITERION_WORDS_H_
