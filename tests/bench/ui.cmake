# tests/bench/ui
add_executable(ui_bench EXCLUDE_FROM_ALL ui_bench.c)
set_target_properties(ui_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(ui_bench PRIVATE bw_test_views bw_options m)
