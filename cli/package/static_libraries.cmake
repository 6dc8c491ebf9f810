# ICU, FreeType and SQLite as static libraries, so that the program starts fast and its folder can be copied.
# What Debian has only as a shared library (libxlsxwriter, and with it minizip, zlib and libcrypto) stays shared;
# cli/package/install_libraries.cmake puts it into the folder.
option(HYOJUN_STATIC "Link ICU, FreeType, SQLite and the C++ runtime statically" ON)

set(HYOJUN_SUFFIXES ${CMAKE_FIND_LIBRARY_SUFFIXES})
if(HYOJUN_STATIC)
  list(PREPEND CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()
find_package(ICU REQUIRED COMPONENTS uc data)
find_package(Freetype REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
if(HYOJUN_STATIC)
  # The find modules know nothing of what a static library needs.
  foreach(name png16 brotlidec brotlicommon)
    find_library(HYOJUN_LIBRARY_${name} NAMES ${name} REQUIRED)
    mark_as_advanced(HYOJUN_LIBRARY_${name})
    set_property(TARGET Freetype::Freetype APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${HYOJUN_LIBRARY_${name}})
  endforeach()
endif()
set(CMAKE_FIND_LIBRARY_SUFFIXES ${HYOJUN_SUFFIXES})
if(HYOJUN_STATIC)
  find_package(ZLIB REQUIRED)
  set_property(TARGET Freetype::Freetype APPEND PROPERTY INTERFACE_LINK_LIBRARIES ZLIB::ZLIB)
  set_property(TARGET SQLite::SQLite3 APPEND PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads ${CMAKE_DL_LIBS} m)
  set_property(TARGET ICU::uc APPEND PROPERTY INTERFACE_LINK_LIBRARIES ICU::data Threads::Threads)
endif()
