#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_WEB_NAMES_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_WEB_NAMES_H_

#include "absl/strings/string_view.h"

namespace edirae::catalog {

// Whether `tag` is a well-formed BCP 47 tag of a language, with script, region and variants as it likes: `en`, `pt-BR`,
// `zh-Hant-TW`, `de-1996`. Private use, extensions and grandfathered tags are not taken.
bool IsLanguageTag(absl::string_view tag);

// Whether `uri` starts with https://, names a host with a dot, without user and password, and has only characters that
// an address may have.
bool IsHttpsAddress(absl::string_view uri);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_WEB_NAMES_H_
