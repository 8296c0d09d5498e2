/* An office, kiosks and the roads between them, for tests of the whole exchange: real
 * stores, a real central file, the real desk at each door, and letters in folders that
 * the test may harm. All in one process, by one clock that the test sets, and by one
 * seed: also the keys come from it. */
#ifndef BW_TESTS_MAIL_H
#define BW_TESTS_MAIL_H

#include "exchange/kiosk/kiosk.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

enum {
    MAIL_KIOSKS = 4, /* three of S-1, and the last one of S-2 */
    MAIL_OWN = 3,
    MAIL_FOLDERS = 3, /* two carriers, and the last one a stick */
    MAIL_CARRIERS = 2,
    MAIL_PEOPLE = 14, /* of S-1, for 9 places */
    MAIL_GUESTS = 3,  /* of S-2 */
    MAIL_PATH_BYTES = 240,
};

struct mail {
    struct desk desk;
    struct kiosk kiosks[MAIL_KIOSKS];
    int64_t skew_ms[MAIL_KIOSKS]; /* of each kiosk's clock */
    char folders[MAIL_FOLDERS][MAIL_PATH_BYTES];
    char limbo[MAIL_PATH_BYTES];   /* letters that are late */
    char archive[MAIL_PATH_BYTES]; /* a copy of every letter that was ever harmed */
    bw_code people[MAIL_PEOPLE], guests[MAIL_GUESTS];
    struct bw_event_id last; /* of somebody without a code; device 0: none */
};

/* Every random number of the process, keys included, follows from the seed. Before
 * anything else, and again for each round. */
void mail_seed(uint64_t seed);
int mail_pick(int below);

/* The office, its sessions and people, and the kiosks, all enrolled; the last one of S-1
 * hasn't had a roster yet. mail_keep remembers it all; mail_put_back goes back to that,
 * as often as is asked. */
void mail_open(struct mail *mail);
void mail_keep(struct mail *mail);
void mail_put_back(struct mail *mail);
void mail_close(struct mail *mail);

/* Sets all clocks; the kiosks' with their skew. */
void mail_clock(struct mail *mail, int64_t now_ms);

/* Some commands at one kiosk's door. */
void mail_door(struct mail *mail, int kiosk);

/* One kiosk's exchange with the carriers, or with the stick (export and --from). */
void mail_push(struct mail *mail, int kiosk, struct bw_kiosk_pushed *ret_pushed);
void mail_pull(struct mail *mail, int kiosk, struct bw_kiosk_pulled *ret_pulled);
void mail_export(struct mail *mail, int kiosk);
void mail_pull_stick(struct mail *mail, int kiosk);

/* The office's. mail_change cancels, promotes, reissues …, as the program does it. */
void mail_in(struct mail *mail);
void mail_out(struct mail *mail);
void mail_merge_stick(struct mail *mail);
void mail_pack_stick(struct mail *mail);
void mail_change(struct mail *mail);

/* Does some harm to a letter, or brings one back that was late. */
void mail_harm(struct mail *mail);
/* Three of four letters, wherever they lie, are lost, cut, altered or misnamed. */
void mail_storm(struct mail *mail);
/* All that is late arrives. */
void mail_deliver(struct mail *mail);

#endif
