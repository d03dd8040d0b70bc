#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FOLDER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FOLDER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace edirae::catalog {

// Bounded reading of an author's folders. Names are given and returned without their folder.

// The folders inside `folder`, and links, which may be meant as such, in order of name; hidden ones left out. NOT_FOUND
// when there is no such folder.
absl::StatusOr<std::vector<std::string>> FoldersIn(const std::string& folder);

// All that lies in `folder`, hidden entries left out, in order of name, at most `limits::kMaxEntries`; none when there
// is no such folder.
std::vector<std::string> EntriesOf(const std::string& folder);

// Whether a folder is there itself, not a link to one.
bool IsFolder(const std::string& path);
bool IsLink(const std::string& path);

// A whole file. NOT_FOUND when there is none, FAILED_PRECONDITION when it is no ordinary readable file,
// RESOURCE_EXHAUSTED when it is larger than `limits::kMaxFileBytes`. Links are not followed: they might lead to what is
// no content. Neither a pipe nor a device is opened for longer than it takes to see what it is.
absl::StatusOr<std::string> ReadBounded(const std::string& file);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FOLDER_H_
