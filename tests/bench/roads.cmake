# tests/bench/roads: kiosks in PostgreSQL, all at once.
add_executable(roads_bench roads_bench.c
    ../sync/exchange/carrier/postgres_kiosks.c ../sync/central/engine/postgres_help.c)
set_target_properties(roads_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(roads_bench PRIVATE bw_letter_help PkgConfig::LIBPQ
    PkgConfig::CMOCKA)
