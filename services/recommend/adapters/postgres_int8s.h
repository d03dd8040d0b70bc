#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_INT8S_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_INT8S_H_

#include <cstdint>
#include <functional>
#include <iterator>

#include "common/postgres/params.h"

namespace edirae::recommend {

// A parameter: the numbers of a range in its order, or those that `number_of` gives for its elements.
template <class Range, class NumberOf = std::identity>
postgres::Array Int8s(const Range& range, NumberOf number_of = {}) {
  postgres::Array array(postgres::Type::kInt8, std::size(range));
  for (const auto& element : range) array.Add(static_cast<int64_t>(std::invoke(number_of, element)));
  return array;
}

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_INT8S_H_
