#include "services/catalog/domain/checker.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/ids/ids.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// Code points of valid UTF-8.
size_t CharactersIn(absl::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void Checker::Add(const Path& path, std::string problem, std::string remedy) {
  if (!sources_.IsBroken(path)) findings_.push_back({sources_.At(path), std::move(problem), std::move(remedy)});
}

void Checker::Slug(const Path& path, absl::string_view what, absl::string_view value) {
  if (IsSlug(value)) return;
  Add(path, absl::StrCat(what, " '", value, "' is no slug"),
      "use 1 to 63 lower-case letters, digits and hyphens, a letter first");
}

void Checker::Line(const Path& path, absl::string_view what, absl::string_view value) {
  Text(path, what, value, limits::kMaxLineLength);
  if (value.find('\n') != absl::string_view::npos) {
    Add(path, absl::StrCat(what, " has more than one line"), "write it in one, or fold it with >-");
  }
}

void Checker::Sentences(const Path& path, absl::string_view what, absl::string_view value) {
  Text(path, what, value, limits::kMaxSentencesLength);
}

void Checker::Text(const Path& path, absl::string_view what, absl::string_view value, size_t longest) {
  HasFitLength(path, what, value, longest);
}

bool Checker::HasFitLength(const Path& path, absl::string_view what, absl::string_view value, size_t longest) {
  const size_t length = CharactersIn(value);
  const bool empty = absl::StripAsciiWhitespace(value).empty();
  if (empty) {
    Add(path, absl::StrCat(what, " is empty"), "write it");
  } else if (length > longest) {
    Add(path, absl::StrCat(what, " has ", length, " characters"), absl::StrCat("shorten it to ", longest));
  }
  return !empty && length <= longest;
}

void Checker::Markdown(const Path& path, absl::string_view what, absl::string_view value, size_t longest) {
  if (HasFitLength(path, what, value, longest)) AddBroken(path, BrokenMarkdown(value));
}

void Checker::Lesson(const Path& path, absl::string_view value) {
  if (HasFitLength(path, "the explanation", value, limits::kMaxLessonLength)) AddBroken(path, BrokenLesson(value));
}

void Checker::AddBroken(const Path& path, std::vector<MarkdownProblem> problems) {
  if (sources_.IsBroken(path)) return;
  for (MarkdownProblem& problem : problems) {
    findings_.push_back(
        {sources_.Inside(path, problem.line, problem.column), std::move(problem.problem), std::move(problem.remedy)});
  }
}

bool Checker::Count(const Path& path, absl::string_view what, int count, int min, int max) {
  if (count >= min && count <= max) return true;
  Add(path, absl::StrCat("there are ", count, " ", what), absl::StrCat("give ", min, " to ", max));
  return false;
}

void Checker::Range(const Path& path, absl::string_view what, int64_t value, int64_t min, int64_t max) {
  if (value >= min && value <= max) return;
  Add(path, absl::StrCat(what, " is ", value), absl::StrCat("give ", min, " to ", max));
}

void UniqueIds::See(const Path& path, absl::string_view id) {
  if (id.empty()) return;
  const auto [first, is_new] = first_.try_emplace(id, path);
  if (is_new) return;
  check_.Add(path, absl::StrCat("the ", what_, " id '", id, "' is used twice ", scope_),
             absl::StrCat("rename it; the first is at ", ToString(check_.At(first->second))));
}

}  // namespace edirae::catalog
