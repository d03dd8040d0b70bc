#include "cli/client/day.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace edirae::cli {

absl::StatusOr<events::v1::CalendarDate> ParseDay(const std::string& text) {
  absl::CivilDay day;
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day)) {
    return absl::InvalidArgumentError(absl::StrCat("'", text, "' is no date; write it as 2027-06-30"));
  }
  events::v1::CalendarDate date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

}  // namespace edirae::cli
