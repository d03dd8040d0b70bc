# The headers of libraries that most files include, parsed once: with clang that halves a clean build
# (docs/adr/2026-11-29-clang-and-precompiled-headers.md). A file still includes what it uses: the presets
# asan and tsan, with gcc, see nothing else.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(precompile ON)
endif()
option(EDIRAE_PRECOMPILE "parse the headers of libraries once (with gcc, ccache then finds little)" ${precompile})

# A header with objects of its own, such as CLI11's, would put them into every file.
set(EDIRAE_PRECOMPILED_HEADERS
  <algorithm> <array> <atomic> <chrono> <cmath> <condition_variable> <deque> <filesystem> <fstream> <functional> <future>
  <iostream> <map> <memory> <mutex> <optional> <random> <set> <span> <sstream> <string> <thread> <utility> <vector>
  <absl/container/flat_hash_map.h> <absl/container/flat_hash_set.h> <absl/functional/any_invocable.h>
  <absl/functional/function_ref.h> <absl/status/statusor.h> <absl/strings/match.h> <absl/strings/str_cat.h>
  <absl/strings/str_format.h> <absl/strings/str_join.h> <absl/strings/str_replace.h> <absl/strings/str_split.h>
  <absl/time/civil_time.h> <absl/time/clock.h> <absl/time/time.h>
  <google/protobuf/message.h> <google/protobuf/timestamp.pb.h>
  <grpcpp/grpcpp.h> <grpcpp/support/client_callback.h> <grpcpp/support/server_callback.h>)

# edirae_precompiled(name HEADERS... DEPS...): a target whose precompiled header others use.
function(edirae_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  set(nothing ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)  # a precompiled header belongs to a target with a source
  file(GENERATE OUTPUT ${nothing} CONTENT "")
  add_library(${name} OBJECT ${nothing})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

# edirae_use_precompiled(target precompiled_libraries)
function(edirae_use_precompiled target name)
  if(EDIRAE_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()

if(EDIRAE_PRECOMPILE)
  add_compile_options(-pthread)  # not all targets link threads, but a precompiled header knows one way only
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")  # a clone has other times, and the same headers
  endif()
  edirae_precompiled(precompiled_libraries
    HEADERS ${EDIRAE_PRECOMPILED_HEADERS}
    DEPS gRPC::grpc++ protobuf::libprotobuf)
  edirae_precompiled(precompiled_test_libraries
    HEADERS ${EDIRAE_PRECOMPILED_HEADERS} <gmock/gmock.h> <gtest/gtest.h>
    DEPS gRPC::grpc++ protobuf::libprotobuf GTest::gmock GTest::gtest)
  target_compile_options(precompiled_test_libraries PRIVATE ${EDIRAE_TEST_OPTIONS})
endif()
