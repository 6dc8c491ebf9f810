# Run by `cmake --install`: puts the shared libraries that the installed program needs beside it.
#
#   component runtime    to lib/, found there through the program's $ORIGIN; plain files, no links
#   component bare_root  glibc and its loader, under the paths of the system, for a root that holds nothing but this
#                        folder. Elsewhere nobody looks there: the loader of the host finds the glibc of the host, and
#                        the two must fit. Left out below /usr, in / and in a packager's DESTDIR.
#
# Set by the caller: program (in the build folder), library_dir, part.
set(root "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}")
file(GET_RUNTIME_DEPENDENCIES EXECUTABLES "${program}" RESOLVED_DEPENDENCIES_VAR found UNRESOLVED_DEPENDENCIES_VAR missing)
if(missing)
  message(FATAL_ERROR "${program} needs ${missing}, which this system does not have")
endif()

function(install_copy from to)
  message(STATUS "Installing: ${to}")
  get_filename_component(folder "${to}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  file(REMOVE "${to}")
  file(REAL_PATH "${from}" real)
  file(COPY_FILE "${real}" "${to}")
endfunction()

# The loader is looked for by the name written in the program (/lib64/ld-linux-x86-64.so.2), not where it really is.
execute_process(COMMAND readelf -lW "${program}" OUTPUT_VARIABLE headers COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "interpreter: ([^]]+)]" match "${headers}")
set(loader "${CMAKE_MATCH_1}")

set(glibc "/(ld-linux[^/]*|lib(c|m|dl|pthread|rt))\\.so\\.[0-9]+$")
foreach(library IN LISTS found)
  get_filename_component(name "${library}" NAME)
  if(NOT library MATCHES "${glibc}")
    if(part STREQUAL "runtime")
      install_copy("${library}" "${root}/${library_dir}/${name}")
    endif()
  elseif(part STREQUAL "bare_root" AND "$ENV{DESTDIR}" STREQUAL "" AND NOT "${CMAKE_INSTALL_PREFIX}/" MATCHES "^/(usr/.*)?$"
         AND NOT "${library}" STREQUAL "/${library_dir}/${name}")
    if(name MATCHES "^ld-linux")
      set(library "${loader}")
    endif()
    install_copy("${library}" "${root}${library}")
  endif()
endforeach()
