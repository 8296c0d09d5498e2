# tests/bench/tickets, and its quick form as a test.
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
add_executable(tickets_bench tickets_bench.c)
set_target_properties(tickets_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(tickets_bench PRIVATE bw_options bw_sync brugwachter::core
    PkgConfig::PANGOCAIRO PkgConfig::QRENCODE)
add_test(NAME sync/tickets_bench COMMAND tickets_bench --quick)
set_tests_properties(sync/tickets_bench PROPERTIES TIMEOUT 900 LABELS plain)
add_test(NAME sync/tickets_memory COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/tickets_memory --quick)
set_tests_properties(sync/tickets_memory PROPERTIES ENVIRONMENT BUILD=${CMAKE_BINARY_DIR}
    TIMEOUT 900 LABELS plain)
