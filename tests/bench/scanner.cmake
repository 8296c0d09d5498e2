# The scanner beside other decoders; see tests/bench/scanner. Other decoders only where they
# are installed: nothing else needs them.
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(ZBAR REQUIRED IMPORTED_TARGET zbar)
pkg_check_modules(SDL2 REQUIRED IMPORTED_TARGET sdl2)
pkg_check_modules(SDL2_IMAGE REQUIRED IMPORTED_TARGET SDL2_image)
add_executable(scanner_bench EXCLUDE_FROM_ALL
    scanner_bench.c scan_clock.c scan_drawn.c scan_kinds.c scan_manifest.c scan_memory.c scan_peer.c scan_photos.c
    scan_picture.c scan_rows.c scan_tally.c
    ${PROJECT_SOURCE_DIR}/tests/scan/qr/barcode.c
    ${PROJECT_SOURCE_DIR}/tests/scan/qr/hall.c
    ${PROJECT_SOURCE_DIR}/tests/scan/qr/hostile.c
    ${PROJECT_SOURCE_DIR}/tests/scan/qr/kind.c
    ${PROJECT_SOURCE_DIR}/tests/scan/qr/render.c
    ${PROJECT_SOURCE_DIR}/tests/scan/qr/scene.c)
set_target_properties(scanner_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(scanner_bench PRIVATE brugwachter::scan brugwachter::core bw_options
    PkgConfig::QRENCODE PkgConfig::SDL2 PkgConfig::SDL2_IMAGE PkgConfig::ZBAR m)
target_compile_definitions(scanner_bench PRIVATE BW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
pkg_check_modules(QUIRC IMPORTED_TARGET quirc)
if(QUIRC_FOUND)
    target_sources(scanner_bench PRIVATE scan_peer_quirc.c)
    target_link_libraries(scanner_bench PRIVATE PkgConfig::QUIRC)
    target_compile_definitions(scanner_bench PRIVATE BW_BENCH_QUIRC)
endif()
pkg_check_modules(ZXING IMPORTED_TARGET zxing)
include(CheckLanguage)
check_language(CXX)
if(ZXING_FOUND AND CMAKE_CXX_COMPILER)
    enable_language(CXX)
    set(CMAKE_CXX_STANDARD 17)
    add_library(scan_peer_zxing STATIC EXCLUDE_FROM_ALL scan_peer_zxing.cpp)
    target_include_directories(scan_peer_zxing PRIVATE ${PROJECT_SOURCE_DIR}/kiosk
        ${PROJECT_SOURCE_DIR}/include)
    target_link_libraries(scan_peer_zxing PRIVATE PkgConfig::ZXING)
    target_link_libraries(scanner_bench PRIVATE scan_peer_zxing)
    target_compile_definitions(scanner_bench PRIVATE BW_BENCH_ZXING)
endif()

# Loaded by qemu, of this machine whatever the programs are for; see
# tests/bench/scanner_instructions.
if(NOT CMAKE_CROSSCOMPILING)
    add_library(instructions MODULE EXCLUDE_FROM_ALL instructions.c)
    set_target_properties(instructions PROPERTIES
        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(instructions PRIVATE bw_options)
endif()
