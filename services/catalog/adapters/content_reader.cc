#include "services/catalog/adapters/content_reader.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/adapters/content_folder.h"
#include "services/catalog/adapters/utf8.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

void ContentReader::Add(const Location& at, std::string problem, std::string remedy) {
  report_.findings.push_back({at, std::move(problem), std::move(remedy)});
}

bool ContentReader::Spare(size_t files, const Location& at) {
  if (files > files_left_) {
    Add(at, "there are too many files", absl::StrCat("keep to ", limits::kMaxFiles));
    return false;
  }
  files_left_ -= files;
  return true;
}

std::optional<std::string> ContentReader::Bytes(const WantedFile& wanted) {
  if (!Spare(1, wanted.wanted_at)) return std::nullopt;
  absl::StatusOr<std::string> text = ReadBounded(wanted.name);
  if (text.ok()) return *std::move(text);
  if (text.status().code() == absl::StatusCode::kNotFound) {
    Add(wanted.wanted_at, absl::StrCat("there is no file ", wanted.name), wanted.remedy);
  } else {
    Add({.file = wanted.name}, std::string(text.status().message()),
        absl::StrCat("write a readable file of at most ", limits::kMaxFileBytes, " bytes"));
  }
  return std::nullopt;
}

std::optional<ContentFile> ContentReader::Yaml(const WantedFile& wanted, const Path& path) {
  report_.sources.Put(path, wanted.wanted_at);
  const size_t findings_before = report_.findings.size();
  ContentFile file{.name = wanted.name};
  if (const std::optional<std::string> text = Bytes(wanted)) {
    file.root = ParseYaml(file.name, *text, report_.findings);
  }
  if (report_.findings.size() == findings_before) return file;
  report_.sources.MarkBroken(path);
  return std::nullopt;
}

std::optional<std::string> ContentReader::Text(const WantedFile& wanted, const Path& path) {
  report_.sources.PutWhole(path, wanted.name);
  std::optional<std::string> text = Bytes(wanted);
  if (text.has_value()) {
    const Lines lines(*text);
    if (const size_t bad = FirstInvalidUtf8(*text); bad != std::string::npos) {
      Add(lines.At(wanted.name, bad), "the bytes here are no UTF-8", "save the file as UTF-8");
      text.reset();
    } else if (const size_t control = FirstControlCharacter(*text); control != std::string::npos) {
      Add(lines.At(wanted.name, control), "there is a control character in the text", "remove it");
      text.reset();
    }
  }
  if (!text.has_value()) report_.sources.MarkBroken(path);
  return text;
}

}  // namespace edirae::catalog
