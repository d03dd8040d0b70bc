#ifndef EDIRAE_SERVICES_CATALOG_TESTING_MISTAKES_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_MISTAKES_H_

#include <ostream>
#include <string>
#include <vector>

namespace edirae::catalog::testing {

// One mistake in a good tree, and all that must be said about it.
struct Mistake {
  std::string name;
  std::string file;
  std::string from;
  std::string to;
  std::vector<std::string> findings;  // each the start of one
};

void PrintTo(const Mistake& mistake, std::ostream* out);

// Makes the mistake, and expects these findings, each with a remedy, and no others.
void ExpectItsFindings(const Mistake& mistake);

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_MISTAKES_H_
