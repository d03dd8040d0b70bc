#ifndef EDIRAE_COMMON_CATALOG_READS_READ_METHODS_H_
#define EDIRAE_COMMON_CATALOG_READS_READ_METHODS_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/catalog_reads/catalog_answers.h"
#include "common/rpc/method_table.h"

namespace edirae::catalog_reads {

// The answers of the newest revision, or why there are none. Called from any thread; must not block.
using Newest = std::function<absl::StatusOr<std::shared_ptr<const CatalogAnswers>>()>;

// Adds the reading methods that `CatalogService` and `LearnService` have in common, but for `Search`, which is in
// search_method.h. `service` is a full name, e.g. "edirae.catalog.v1.CatalogService". They answer at once, on the
// caller's thread.
void AddReadMethods(absl::string_view service, const Newest& newest, rpc::MethodTable& methods);

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_READ_METHODS_H_
