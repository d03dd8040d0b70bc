#ifndef EDIRAE_BENCH_MEASURE_LARGE_CATALOG_H_
#define EDIRAE_BENCH_MEASURE_LARGE_CATALOG_H_

#include "services/catalog/testing/generated_catalog.h"

namespace edirae::bench {

// The catalog that what is promised of large ones is measured with.
inline constexpr catalog::testing::CatalogSize kLargeCatalog{.roadmaps = 25, .concepts = 10'000, .questions = 100'000};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_LARGE_CATALOG_H_
