/* What the tests of the desk share: one desk on a fixture's store, and short ways to ask
 * it. The answer is the last one given, and owned here. */
#ifndef BW_TESTS_DESK_HELP_H
#define BW_TESTS_DESK_HELP_H

#include "tests/core/store/fixture.h"

#define FATIMA "K7QM2XRD"
#define ANNA "AAAA1111"
#define WIM "WWWW0001"
#define WILLEM "WWWW0002"
#define GUUS "GGGG0001"

extern struct fixture fx;
extern struct bw_desk *desk;
extern struct bw_answer answer;

bw_code code_of(const char *text);
void open_desk(int capacity, int extra_places);
void close_desk(void);
const struct bw_answer *run(const struct bw_command *command);
struct bw_command staff(enum bw_command_kind kind);
/* Where a command of this kind names somebody who is known here. */
struct bw_command_known *named(struct bw_command *command);
const struct bw_answer *by_code(enum bw_command_kind kind, const char *code);
const struct bw_answer *by_event(enum bw_command_kind kind, struct bw_event_id event);
const struct bw_answer *scan(uint32_t session_no, const char *code, uint8_t generation);
const struct bw_answer *newcomer(
    enum bw_command_kind kind, const char *first_name, const char *reason);
const struct bw_answer *simply(enum bw_command_kind kind);
void assert_verdict(const struct bw_answer *a, enum bw_verdict verdict);
uint64_t events(void);

#endif
