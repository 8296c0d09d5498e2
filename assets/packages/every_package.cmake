# Read by CPack before each package: no library's own symbols are offered to others.
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS OFF)
