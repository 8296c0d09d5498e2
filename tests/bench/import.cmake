# The quick form of tests/bench/import as a test.
add_test(NAME sync/import_bench COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/import --quick)
set_tests_properties(sync/import_bench PROPERTIES ENVIRONMENT BUILD=${CMAKE_BINARY_DIR}
    TIMEOUT 900 SKIP_RETURN_CODE 77 LABELS plain)
