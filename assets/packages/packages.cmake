# Debian packages by CPack: brugwachter-kiosk, brugwachter-sync, and what both need in
# brugwachter-common. Made by .ci/packages.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME brugwachter)
set(CPACK_PACKAGE_VERSION ${BW_VERSION})
set(CPACK_PACKAGE_CONTACT "Brugwachter <developers@brugwachter.example>")
# each package says in its own first line what it is
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL common kiosk sync)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian_files.cmake)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/every_package.cmake)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
foreach(part COMMON KIOSK SYNC)
    string(TOLOWER ${part} name)
    set(CPACK_DEBIAN_${part}_PACKAGE_NAME brugwachter-${name})
    set(scripts "")
    file(GLOB found ${CMAKE_CURRENT_LIST_DIR}/${name}.p*)
    foreach(path ${found})
        get_filename_component(script ${path} LAST_EXT)
        string(SUBSTRING ${script} 1 -1 script)
        configure_file(${path} ${CMAKE_BINARY_DIR}/packages/${name}/${script} COPYONLY
            FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
            GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
        list(APPEND scripts ${CMAKE_BINARY_DIR}/packages/${name}/${script})
    endforeach()
    set(CPACK_DEBIAN_${part}_PACKAGE_CONTROL_EXTRA "${scripts}")
endforeach()

set(CPACK_DEBIAN_COMMON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_COMMON_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers, tzdata")
set(CPACK_DEBIAN_COMMON_DESCRIPTION "check-in kiosk for event venues (user, texts and manual)
Brugwachter checks in who comes to a learning circle, at a kiosk at the
door that needs no network. This package has the user that its services
run as, translations, data to try it with, and its manual.")

set(CPACK_DEBIAN_KIOSK_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_KIOSK_PACKAGE_DEPENDS
    "brugwachter-common (= ${BW_VERSION}), fonts-lato, fonts-noto-core")
set(CPACK_DEBIAN_KIOSK_PACKAGE_RECOMMENDS
    "brugwachter-sync, cage, xwayland, avahi-daemon")
set(CPACK_DEBIAN_KIOSK_PACKAGE_SUGGESTS "espeak-ng, cups-client")
set(CPACK_DEBIAN_KIOSK_DESCRIPTION "check-in kiosk for event venues
A fullscreen kiosk: it reads QR tickets with a camera or a hand scanner,
decides from a roster on its own disk who may come in, and records who
came. No network is needed.")

set(CPACK_DEBIAN_SYNC_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_SYNC_PACKAGE_DEPENDS
    "brugwachter-common (= ${BW_VERSION}), fonts-lato, fonts-noto-core")
set(CPACK_DEBIAN_SYNC_PACKAGE_RECOMMENDS "xdg-utils")
set(CPACK_DEBIAN_SYNC_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_SYNC_DESCRIPTION "sign-ups, tickets and attendance of a check-in kiosk
Takes in sign-ups, hands out places and tickets, exchanges letters between
kiosks and the office by a folder, a USB stick, WebDAV or S3, and reports
who came.")

include(CPack)
