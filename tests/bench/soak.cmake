# tests/bench/soak
add_executable(soak_bench EXCLUDE_FROM_ALL soak_bench.c ../flow/day.c)
set_target_properties(soak_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests) # the translations stand beside
target_link_libraries(soak_bench PRIVATE bw_fixture bw_test_views brugwachter::flow
    brugwachter::core bw_options PkgConfig::SODIUM PkgConfig::CMOCKA)
