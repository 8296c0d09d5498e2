# tests/bench/door
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
add_executable(door_bench EXCLUDE_FROM_ALL door_bench.c series.c)
set_target_properties(door_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bench)
target_link_libraries(door_bench PRIVATE bw_door_pipe bw_fixture brugwachter::core
    bw_options PkgConfig::SODIUM)
target_compile_definitions(door_bench PRIVATE BW_BINARY_DIR="${CMAKE_BINARY_DIR}")
add_dependencies(door_bench brugwachter-kiosk)
