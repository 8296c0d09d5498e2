/* cmocka, with the headers that it asks for before itself. */
#ifndef BW_TESTS_SYNC_TESTING_H
#define BW_TESTS_SYNC_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
