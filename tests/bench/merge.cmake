# tests/bench/merge
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
add_executable(merge_bench EXCLUDE_FROM_ALL merge_bench.c)
set_target_properties(merge_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(merge_bench PRIVATE bw_sender PkgConfig::SQLITE3)

# tests/bench/merge_postgres
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
add_executable(merge_postgres_bench EXCLUDE_FROM_ALL merge_postgres_bench.c
    ${PROJECT_SOURCE_DIR}/tests/sync/central/engine/postgres_help.c)
set_target_properties(merge_postgres_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(merge_postgres_bench PRIVATE bw_sender PkgConfig::LIBPQ)
