# tests/bench/roster, and its quick form as a test: a kiosk's letter costs its own series.
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
add_executable(roster_bench roster_bench.c)
set_target_properties(roster_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(roster_bench PRIVATE bw_sender PkgConfig::SQLITE3)
add_test(NAME sync/roster_bench COMMAND roster_bench --quick)
set_tests_properties(sync/roster_bench PROPERTIES TIMEOUT 900)
