# Headers that are parsed once for all files instead of once for each. Included last: every target is there.
#
# The tests: gtest, which each of them includes in any case. With HYOJUN_PCH also what most files of all targets include;
# it hides an #include that is missing, so the release build, which looks for these, is without.
if(HYOJUN_PCH)
  set(HYOJUN_HEADERS <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
                     <string_view> <utility> <vector> <fmt/format.h> <tl/expected.hpp>)
endif()
set(HYOJUN_NO_CODE ${CMAKE_BINARY_DIR}/no_code.cc)
file(CONFIGURE OUTPUT ${HYOJUN_NO_CODE} CONTENT "")

# A target whose precompiled headers others use: they must be compiled with the same options.
function(hyojun_headers target library)
  add_library(${target} OBJECT ${HYOJUN_NO_CODE})
  target_link_libraries(${target} PRIVATE ${library})
  target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()
if(HYOJUN_PCH)
  hyojun_headers(hyojun_headers tl::expected ${HYOJUN_HEADERS})
endif()
if(HYOJUN_TESTS)
  find_package(GTest REQUIRED)
  hyojun_headers(hyojun_test_headers GTest::gtest ${HYOJUN_HEADERS} <gtest/gtest.h>)
  set_target_properties(hyojun_test_headers PROPERTIES POSITION_INDEPENDENT_CODE OFF)  # as the tests
endif()

function(hyojun_precompile folder)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target ${targets})
    get_target_property(type ${target} TYPE)
    if(NOT type MATCHES "^(STATIC_LIBRARY|OBJECT_LIBRARY|EXECUTABLE)$" OR target MATCHES "_headers$")
      continue()
    endif()
    get_target_property(libraries ${target} LINK_LIBRARIES)
    if(libraries MATCHES "GTest::")
      target_precompile_headers(${target} REUSE_FROM hyojun_test_headers)
    elseif(HYOJUN_PCH)
      target_precompile_headers(${target} REUSE_FROM hyojun_headers)
    endif()
  endforeach()
  get_property(subfolders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(subfolder ${subfolders})
    hyojun_precompile(${subfolder})
  endforeach()
endfunction()
hyojun_precompile(${PROJECT_SOURCE_DIR})
