# tests/bench/growth, and a short one as a test: no command costs more a session as they
# grow.
add_executable(growth_bench growth_bench.c office_fill.c)
set_target_properties(growth_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(growth_bench PRIVATE bw_sync brugwachter::core bw_options
    PkgConfig::SODIUM PkgConfig::JANSSON)
add_test(NAME sync/growth_bench COMMAND growth_bench ${CMAKE_BINARY_DIR} quick)
set_tests_properties(sync/growth_bench PROPERTIES TIMEOUT 900 COST 20)
