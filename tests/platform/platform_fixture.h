#ifndef EDIRAE_TESTS_PLATFORM_PLATFORM_FIXTURE_H_
#define EDIRAE_TESTS_PLATFORM_PLATFORM_FIXTURE_H_

#include <iostream>
#include <memory>

#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/platform/platform.h"

namespace edirae::testing {

// A test with a platform of its own. Tells the last lines of all logs when it fails; the platform ends before anything
// that the test has.
//   class KillTest : public PlatformFixture {};
class PlatformFixture : public ::testing::Test {
 protected:
  void SetUp() override { StartSplit(); }
  void TearDown() override {
    if (HasFailure() && platform_ != nullptr) std::cerr << platform_->LogTails();
    platform_.reset();
  }

  void StartSplit(const PlatformOptions& options = {}) {
    ASSERT_OK_AND_ASSIGN(platform_, Platform::StartSplit(options));
  }

  std::unique_ptr<Platform> platform_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_PLATFORM_FIXTURE_H_
