# tests/bench/desk, and a short one as a test.
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
add_executable(desk_bench desk_bench.c series.c)
set_target_properties(desk_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(desk_bench PRIVATE bw_sync brugwachter::core bw_options
    PkgConfig::SODIUM PkgConfig::JANSSON m)
add_test(NAME sync/web_bench COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/desk quick)
set_tests_properties(sync/web_bench PROPERTIES TIMEOUT 900 LABELS plain
    ENVIRONMENT "BUILD=${CMAKE_BINARY_DIR};BUILT=1")
