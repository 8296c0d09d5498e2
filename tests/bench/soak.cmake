# tests/bench/soak, and a short one as a test: caches have their bounds.
add_executable(soak_bench soak_bench.c)
set_target_properties(soak_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests) # the translations stand beside
target_link_libraries(soak_bench PRIVATE bw_day bw_test_views brugwachter::flow
    brugwachter::core bw_options PkgConfig::SODIUM PkgConfig::CMOCKA)
add_test(NAME app/soak COMMAND soak_bench 4000 1.10)
set_tests_properties(app/soak PROPERTIES TIMEOUT 1200 COST 40)
