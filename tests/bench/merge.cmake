# tests/bench/merge
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
add_executable(merge_bench EXCLUDE_FROM_ALL merge_bench.c)
set_target_properties(merge_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(merge_bench PRIVATE bw_sender PkgConfig::SQLITE3)
