# tests/bench/latency
pkg_check_modules(X11 IMPORTED_TARGET x11)
if(X11_FOUND)
    add_executable(pixel_watch EXCLUDE_FROM_ALL pixel_watch.c)
    set_target_properties(pixel_watch PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(pixel_watch PRIVATE PkgConfig::X11 bw_options)
endif()
