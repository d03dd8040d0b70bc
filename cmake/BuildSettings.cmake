# How everything is compiled: language level, warnings, sanitizers, compiler cache, linker.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

# Line tables are enough for stack traces and profiles, and build a good deal faster than full debug information.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

add_compile_options(-fno-math-errno)  # nobody reads errno after a logarithm, and loops with one can be vectorised
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # Debian's libraries are gcc's work, which names templates as clang did before 18. And gcc 12's stable_sort uses what its
  # own headers call deprecated.
  add_compile_options(-fclang-abi-compat=17 -Wno-deprecated-declarations)
endif()

set(EDIRAE_TEST_OPTIONS -O0)  # what is tested is optimised, the test need not be

# A target's files are compiled in batches: most of a compilation is the headers of gRPC and GoogleTest, which a batch reads
# once. A clean build takes a third of the time; a file's unnamed namespace is therefore shared with its neighbours.
option(EDIRAE_UNITY "compile the files of a target in batches" ON)
set(CMAKE_UNITY_BUILD ${EDIRAE_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
if(EDIRAE_UNITY)
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)  # takes a file of a batch for a header
endif()

option(EDIRAE_FUZZERS "declare the fuzz targets, which need clang and its libFuzzer to be linked" OFF)
set(EDIRAE_SANITIZER "" CACHE STRING "none (empty), address, thread or fuzzer")
if(EDIRAE_SANITIZER STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
elseif(EDIRAE_SANITIZER STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread -rdynamic)  # exported, so that they stand before those of shared libraries:
  set(EDIRAE_SANITIZER_OBJECTS $<TARGET_OBJECTS:sanitizer_grpc_order>)
elseif(EDIRAE_SANITIZER STREQUAL "fuzzer")  # clang's; the fuzz targets link libFuzzer themselves
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer
                      -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
elseif(EDIRAE_SANITIZER)
  message(FATAL_ERROR "EDIRAE_SANITIZER is '${EDIRAE_SANITIZER}'; it can be empty, 'address', 'thread' or 'fuzzer'")
endif()

# Objects name their sources from the root of the tree. A batch includes its files by absolute path, and __FILE__ follows:
# without this no two clones share an object in ccache, and programs tell where they were built.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)

find_program(CCACHE ccache)
if(CCACHE)
  # The two that ccache wants to be told before it looks behind a precompiled header; we use none of the time macros.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Warnings for our own code; generated code is compiled without.
add_library(edirae_warnings INTERFACE)
target_compile_options(edirae_warnings INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers)
