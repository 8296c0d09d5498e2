/* The arguments of a sandbox: see sandbox_start.h. */
#include "sandbox_start.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bw_sandbox_start_write(const struct bw_sandbox_start *start, const char *program,
    struct bw_sandbox_arguments *ret_arguments)
{
    struct bw_sandbox_arguments *to = ret_arguments;
    uint64_t numbers[4] = {
        start->budget_us, start->enrolment, start->first_picture, start->first_seq};
    (void)snprintf(to->program, sizeof to->program, "%s", program);
    (void)snprintf(to->option, sizeof to->option, "%s", BW_SANDBOX_ARGUMENT);
    (void)snprintf(to->spec, sizeof to->spec, "%s", start->spec);
    for (int i = 0; i < 4; i++) {
        (void)snprintf(to->texts[i], sizeof to->texts[i], "%" PRIu64, numbers[i]);
    }
    size_t at = 0;
    to->poison[0] = '-';
    to->poison[1] = '\0';
    for (int i = 0; i < start->poison_count; i++) {
        int wrote = snprintf(
            to->poison + at, sizeof to->poison - at, "%016" PRIx64 ",", start->poison[i]);
        at += (size_t)wrote;
    }
    char *argv[BW_SANDBOX_ARGUMENTS + 1] = {to->program, to->option, to->spec,
        to->texts[0], to->texts[1], to->texts[2], to->texts[3], to->poison, NULL};
    memcpy(to->argv, argv, sizeof argv);
}

static bool
parse_number(const char *text, uint64_t limit, uint64_t *ret_number)
{
    char *end = NULL;
    errno = 0;
    uint64_t number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || number > limit) {
        return false;
    }
    *ret_number = number;
    return true;
}

static bool
parse_poison(const char *text, struct bw_sandbox_start *start)
{
    if (strcmp(text, "-") == 0) {
        return true;
    }
    while (*text != '\0') {
        char *end = NULL;
        uint64_t fingerprint = strtoull(text, &end, 16);
        if (end == text || *end != ',' || start->poison_count == BW_SANDBOX_POISON_MAX) {
            return false;
        }
        start->poison[start->poison_count++] = fingerprint;
        text = end + 1;
    }
    return true;
}

bool
bw_sandbox_wanted(int argc, char **argv)
{
    return argc >= 2 && strcmp(argv[1], BW_SANDBOX_ARGUMENT) == 0;
}

bool
bw_sandbox_start_parse(int argc, char **argv, struct bw_sandbox_start *ret_start)
{
    if (argc != BW_SANDBOX_ARGUMENTS || !bw_sandbox_wanted(argc, argv)) {
        return false;
    }
    struct bw_sandbox_start start = {.spec = argv[2]};
    uint64_t number[4];
    static const uint64_t limit[4] = {UINT32_MAX, 1, UINT32_MAX, UINT64_MAX};
    for (int i = 0; i < 4; i++) {
        if (!parse_number(argv[3 + i], limit[i], &number[i])) {
            return false;
        }
    }
    start.budget_us = (uint32_t)number[0];
    start.enrolment = number[1] == 1;
    start.first_picture = (uint32_t)number[2];
    start.first_seq = number[3];
    if (!parse_poison(argv[7], &start)) {
        return false;
    }
    *ret_start = start;
    return true;
}
