#include "services/catalog/domain/web_names.h"

#include <gtest/gtest.h>

namespace edirae::catalog {
namespace {

TEST(IsLanguageTag, KnowsTheFormOfTags) {
  for (const char* good : {"en", "deu", "pt-BR", "zh-Hant-TW", "es-419", "de-1996", "sl-rozaj-biske", "sr-Latn"}) {
    EXPECT_TRUE(IsLanguageTag(good)) << good;
  }
  for (const char* bad : {"", "e", "english", "EN", "en_US", "en-", "-en", "en-U", "en-US-", "en us", "en-12", "é"}) {
    EXPECT_FALSE(IsLanguageTag(bad)) << bad;
  }
}

TEST(IsHttpsAddress, TakesOnlyWhatCanBeLinkedTo) {
  for (const char* good : {"https://example.org", "https://doi.org/10.1000/182?x=1#y", "https://example.org:8443/a"}) {
    EXPECT_TRUE(IsHttpsAddress(good)) << good;
  }
  for (const char* bad :
       {"", "https://", "http://example.org", "HTTPS://example.org", "example.org", "https://localhost",
        "https://example.org/a b", "https://example.org/\n", "https://me:pw@example.org", "https:///example.org",
        "https://.org", "https://example.org/<x>", "https://example.org/ä"}) {
    EXPECT_FALSE(IsHttpsAddress(bad)) << bad;
  }
}

}  // namespace
}  // namespace edirae::catalog
