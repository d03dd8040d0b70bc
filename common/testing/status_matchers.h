#ifndef EDIRAE_COMMON_TESTING_STATUS_MATCHERS_H_
#define EDIRAE_COMMON_TESTING_STATUS_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Matchers for absl::Status and absl::StatusOr (abseil 20220623 has none):
//   ASSERT_OK(store.Open());
//   EXPECT_THAT(store.Get("x"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("x")));
//   EXPECT_THAT(store.Count(), IsOkAndHolds(3));
//   ASSERT_OK_AND_ASSIGN(auto store, Store::Open(path));
namespace edirae::testing {

inline const absl::Status& AsStatus(const absl::Status& status) { return status; }
const absl::Status& AsStatus(absl::Status&&) = delete;  // it would be gone
template <class T>
const absl::Status& AsStatus(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << AsStatus(arg);
  return AsStatus(arg).ok();
}

MATCHER_P(StatusIs, code, "has the code " + absl::StatusCodeToString(code)) {
  *result_listener << AsStatus(arg);
  return AsStatus(arg).code() == code;
}

// `message` is a matcher of strings, or a string.
MATCHER_P2(StatusIs, code, message,
           "has the code " + absl::StatusCodeToString(code) + " and a message that " +
               ::testing::DescribeMatcher<std::string>(message)) {
  *result_listener << AsStatus(arg);
  return AsStatus(arg).code() == code &&
         ::testing::ExplainMatchResult(message, std::string(AsStatus(arg).message()), result_listener);
}

// `value` is a matcher of the value, or a value.
MATCHER_P(IsOkAndHolds, value, "is OK and holds what was expected") {
  if (!arg.ok()) {
    *result_listener << arg.status();
    return false;
  }
  return ::testing::ExplainMatchResult(value, *arg, result_listener);
}

}  // namespace edirae::testing

#define ASSERT_OK(expression) ASSERT_THAT(expression, ::edirae::testing::IsOk())
#define EXPECT_OK(expression) EXPECT_THAT(expression, ::edirae::testing::IsOk())

#define EDIRAE_CONCATENATE_INNER(a, b) a##b
#define EDIRAE_CONCATENATE(a, b) EDIRAE_CONCATENATE_INNER(a, b)
#define EDIRAE_ASSERT_OK_AND_ASSIGN(result, target, expression) \
  auto result = (expression);                                   \
  ASSERT_OK(result);                                            \
  target = *std::move(result)
#define ASSERT_OK_AND_ASSIGN(target, expression) \
  EDIRAE_ASSERT_OK_AND_ASSIGN(EDIRAE_CONCATENATE(status_or_, __LINE__), target, expression)

#endif  // EDIRAE_COMMON_TESTING_STATUS_MATCHERS_H_
