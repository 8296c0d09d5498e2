# What Debian asks of every package beside our own files: its copyright and changelog, and
# manual pages compressed. CPack runs this on the files of each, before it packs them.
cmake_minimum_required(VERSION 3.25)
find_program(GZIP gzip REQUIRED)
foreach(part common kiosk sync)
    set(root ${CPACK_TEMPORARY_DIRECTORY}/${part})
    if(NOT IS_DIRECTORY ${root})
        message(FATAL_ERROR "packing ${part}: ${root} is missing")
    endif()
    set(doc ${root}/usr/share/doc/brugwachter-${part})
    file(MAKE_DIRECTORY ${doc})
    file(COPY ${CMAKE_CURRENT_LIST_DIR}/copyright DESTINATION ${doc} FILE_PERMISSIONS
        OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ) # whatever those of the sources are
    file(READ ${CMAKE_CURRENT_LIST_DIR}/changelog text)
    string(REPLACE "@PACKAGE@" brugwachter text "${text}")
    string(REPLACE "@VERSION@" "${CPACK_PACKAGE_VERSION}" text "${text}")
    string(REPLACE "@DATE@" "$ENV{BW_PACKAGE_DATE}" text "${text}")
    file(WRITE ${doc}/changelog "${text}")
    file(GLOB pages ${root}/usr/share/man/man?/* ${root}/usr/share/man/*/man?/*)
    execute_process(COMMAND ${GZIP} -9nf ${doc}/changelog ${pages}
        COMMAND_ERROR_IS_FATAL ANY)
endforeach()
