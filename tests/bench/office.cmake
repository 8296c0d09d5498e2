# tests/bench/office, and a short one as a test: status and report are linear.
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
add_executable(office_bench office_bench.c office_fill.c)
set_target_properties(office_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(office_bench PRIVATE bw_sync brugwachter::core bw_options
    PkgConfig::SODIUM PkgConfig::JANSSON)
add_test(NAME sync/office_bench COMMAND office_bench ${CMAKE_BINARY_DIR} quick)
set_tests_properties(sync/office_bench PROPERTIES TIMEOUT 900 COST 20)
