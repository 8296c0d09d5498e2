# tests/bench/roads: kiosks in PostgreSQL and by WebDAV, all at once.
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
add_executable(roads_bench roads_bench.c roads_crowd.c
    ../sync/exchange/carrier/postgres_kiosks.c ../sync/central/engine/postgres_help.c)
target_link_libraries(roads_bench PRIVATE bw_letter_help PkgConfig::LIBPQ
    PkgConfig::CMOCKA)
add_executable(roads_web_bench roads_web_bench.c roads_crowd.c
    ../sync/exchange/carrier/web_help.c)
target_link_libraries(roads_web_bench PRIVATE bw_letter_help PkgConfig::CURL
    PkgConfig::CMOCKA)
target_compile_definitions(roads_web_bench PRIVATE BW_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
set_target_properties(roads_bench roads_web_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
