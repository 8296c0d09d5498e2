/* The one function that decides who may come in (design: admission). Pure: it sees only
 * what it is given, so an answer is the same on every kiosk and in every test. Any
 * thread; nothing is kept of what is given. */
#ifndef BW_CORE_ADMISSION_H
#define BW_CORE_ADMISSION_H

#include <brugwachter/event.h>
#include <brugwachter/ledger.h>
#include <brugwachter/session.h>
#include <brugwachter/ticket.h>

/* What is asked at the door. */
enum bw_request {
    BW_REQUEST_TICKET,     /* a scanned text */
    BW_REQUEST_CODE,       /* a registration by its code or name */
    BW_REQUEST_WAITLIST,   /* staff admit somebody who waits */
    BW_REQUEST_GUEST,      /* staff admit somebody with another session's ticket */
    BW_REQUEST_WALK_IN,    /* somebody with no registration */
    BW_REQUEST_SUBSTITUTE, /* a colleague on somebody's registration */
};

/* Everything that the decision may rest on. */
struct bw_facts {
    enum bw_request request;
    enum bw_operator operated_by;
    enum bw_ticket_reading reading; /* for TICKET and GUEST; SIGNED else */
    bool on_roster;                 /* `status` and `generation` hold */
    enum bw_registration_status status;
    uint8_t roster_generation;
    uint8_t ticket_generation;
    uint8_t newest_generation; /* highest this store knows: roster or accepted ticket */
    bool here;                 /* ticket's session is this session */
    bool has_sealed;           /* another session's row could be opened */
    enum bw_registration_status sealed_status;
    uint8_t sealed_generation;
    bool in;   /* already in, here */
    bool left; /* was in, and left */
    bool clock_suspect;
    int64_t now_ms, opens_ms, ends_ms; /* session's local day, and its end */
    int position;  /* rank among those still waiting; 0: doesn't wait */
    int before;    /* present people who wait before this one; all of them for
                           somebody who has not been put in the queue */
    bool audience; /* WALK_IN, SUBSTITUTE: says to be a brugfunctionaris */
    bool override; /* staff pass what they may pass, with a reason */
    const struct bw_ledger *ledger;
};

struct bw_admission {
    enum bw_verdict verdict;
    bool unlisted;     /* welcome: the signature holds, the roster doesn't know it */
    bool returned;     /* welcome: was in, and left */
    bool out_of_order; /* welcome: somebody present waits before this one */
    bool overridden;   /* welcome: a rule was passed by override */
    uint32_t lead;     /* full: the kiosk that gives places; 0 else */
};

/* Decides, by the first rule that applies, into *ret_admission (the caller's). The facts'
 * ledger isn't NULL (asserted). Can't fail. */
void bw_admission_decide(
    const struct bw_facts *facts, struct bw_admission *ret_admission);

/* Has a place here: confirmed on the roster, or waiting there with a signed ticket that
 * is newer than it, which only people with a place get. Somebody whom the roster doesn't
 * know at all (unlisted) is let in on what is free. Any thread. */
bool bw_facts_have_place(const struct bw_facts *facts);

#endif
