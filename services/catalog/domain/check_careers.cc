#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

void CheckSalary(const v1::SalaryRange& salary, const Path& at, Checker& check) {
  const std::string& currency = salary.currency_code();
  if (currency.size() != 3 || !std::all_of(currency.begin(), currency.end(), absl::ascii_isupper)) {
    check.Add(at.Field("currency_code"), absl::StrCat("'", currency, "' is no currency"),
              "write its ISO 4217 code, e.g. USD");
  }
  check.Range(at.Field("min_per_year"), "the lower end of the salary", salary.min_per_year(), 0, limits::kMaxSalary);
  check.Range(at.Field("max_per_year"), "the upper end of the salary", salary.max_per_year(), 0, limits::kMaxSalary);
  if (salary.min_per_year() > salary.max_per_year()) {
    check.Add(at.Field("max_per_year"), "the upper end of the salary is below its lower end", "exchange them");
  }
}

void CheckNeeded(const v1::Roadmap& roadmap, const v1::CareerPath& career, const Path& at, const Curriculum& curriculum,
                 Checker& check) {
  UniqueIds unique(check, "concept", "in one career");
  for (int i = 0; i < career.concept_ids_size(); ++i) {
    const std::string& id = career.concept_ids(i);
    const Path path = at.Field("concept_ids", i);
    unique.See(path, id);
    curriculum.CheckTaught(path, id, check);
    const int place = curriculum.Find(id);
    if (place >= 0 && curriculum.concepts()[static_cast<size_t>(place)].roadmap != &roadmap) {
      check.Add(path, absl::StrCat("the concept '", id, "' belongs to another roadmap"),
                "name concepts that learners of this roadmap meet");
    }
  }
}

}  // namespace

void CheckCareers(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  for (int r = 0; r < content.roadmaps_size(); ++r) {
    const v1::Roadmap& roadmap = content.roadmaps(r);
    UniqueIds ids(check, "career", "in its roadmap");
    for (int i = 0; i < roadmap.career_paths_size(); ++i) {
      const v1::CareerPath& career = roadmap.career_paths(i);
      const Path at = Path().Field("roadmaps", r).Field("career_paths", i);
      check.Slug(at.Field("career_id"), "the career id", career.career_id());
      ids.See(at.Field("career_id"), career.career_id());
      check.Line(at.Field("title"), "the title", career.title());
      check.Sentences(at.Field("summary"), "the summary", career.summary());
      if (career.demand() == v1::MARKET_DEMAND_UNSPECIFIED) {
        check.Add(at.Field("demand"), "the demand is not said", "write growing, high or very_high");
      }
      CheckSalary(career.salary(), at.Field("salary"), check);
      CheckNeeded(roadmap, career, at, curriculum, check);
    }
  }
}

}  // namespace edirae::catalog
