# The three shapes of target: a library per folder, a program, a test.
include(GoogleTest)

# edirae_library(common_clock SOURCES clock.cc HEADERS clock.h DEPS absl::time)  ->  edirae::common_clock
function(edirae_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES} ${ARG_HEADERS})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE edirae_warnings)
    edirae_use_precompiled(${name} precompiled_libraries)
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
  add_library(edirae::${name} ALIAS ${name})
endfunction()

# Everything in <build>/bin, without the tests, which take three quarters as long again to build.
add_custom_target(programs)

# edirae_program(edirae-catalog SOURCES main.cc DEPS edirae::catalog_service)  ->  <build>/bin/edirae-catalog
function(edirae_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES} ${EDIRAE_SANITIZER_OBJECTS})
  add_dependencies(programs ${name})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} edirae_warnings)
  edirae_use_precompiled(${name} precompiled_libraries)
  if(NOT EDIRAE_SANITIZER)  # which brings an allocator of its own
    target_link_libraries(${name} PRIVATE PkgConfig::JEMALLOC)
  endif()
endfunction()

# edirae_test(common_clock_test SOURCES clock_test.cc DEPS edirae::common_clock [LABELS integration] [TIMEOUT 60])
function(edirae_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  if(EDIRAE_SANITIZER)  # everything takes several times as long
    math(EXPR ARG_TIMEOUT "10 * ${ARG_TIMEOUT}")
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  add_executable(${name} ${ARG_SOURCES} ${EDIRAE_SANITIZER_OBJECTS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main edirae_warnings)
  target_compile_options(${name} PRIVATE ${EDIRAE_TEST_OPTIONS})
  edirae_use_precompiled(${name} precompiled_test_libraries)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST NO_PRETTY_VALUES
    PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()
