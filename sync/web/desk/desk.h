/* The organiser's desk: what a request is answered with, apart from how requests come
 * (server.h). It has no logic of its own: it reads what reports read, calls the verbs of
 * the office, and says both in pages.
 *
 * WD1 GET changes nothing, but for the link that opens the desk.
 * WD2 a change is shown before it is done, by the verb itself on a connection that keeps
 *     nothing (bw_central_check_only); what is done then is what was shown, or nothing.
 * One request at a time: the server's thread owns the desk and its connections.
 *
 * One thread. */
#ifndef BW_WEB_DESK_H
#define BW_WEB_DESK_H

#include "office/office.h"
#include "office/practice/practice.h"
#include "report/figures/todo.h"
#include "web/work/draft.h"
#include "web/work/errand.h"
#include "web/request/guard.h"
#include "web/template/template.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the desk is set up. Borrowed, for as long as the desk. */
struct bw_web_setup {
    const char *central_uri, *key_path;
    struct bw_clock clock;
    const char *who; /* works at this machine; of a password's desk each says so */
    struct bw_todo_days days;           /* for the list of Vandaag */
    bool retention_given, backup_given; /* … as the desk was called: before settings */
    bw_office_attendees *attendees;     /* for who is to hear of a certificate */
    bw_web_command *command; /* runs the program's commands (errand.h); NULL: none */
    const void *command_context;
    const void *practice_context; /* for the practice series; NULL: as the other */
    /* behind a reverse proxy: its address, and the password's file; NULL: neither */
    const char *base_url, *password_file;
    const char *guides;      /* the folder of the guides; NULL or "": there are none */
    const char *mail_server; /* its address, for a word about it; NULL: none is known */
};

/* How much waits behind entries of the menu (frame.h). */
struct bw_web_waits {
    int64_t read_ms;   /* UTC; 0: to be read anew */
    int64_t mails;     /* people who are to hear something */
    int64_t unsettled; /* things to settle */
};

struct bw_web_desk {
    struct bw_office office;  /* what is read and changed */
    struct bw_office preview; /* the same, and keeps nothing (WD2) */
    struct bw_web_setup setup;
    struct bw_web_drafts drafts; /* files that are to be imported */
    struct bw_web_errands errands;
    struct bw_todo_days days;
    struct bw_web_templates templates;
    struct bw_zone *zone; /* of what belongs to no venue */
    struct bw_web_guard guard;
    struct bw_web_waits waits;
    int64_t letters_ms;     /* UTC: kiosks' letters were last looked for; 0: never */
    struct bw_web_desk *of; /* of a practice series: the office's own; else NULL */
    struct bw_web_desk *practice; /* open beside it (practice.h); owned; NULL: none */
    struct bw_practice_place practice_place; /* its address */
    bool changed; /* something that kiosks are to hear of, since it was last reset */
    /* a digest of what Live says; "" before it was made */
    char live[BW_WEB_KEY_BYTES];
};

/* Opens both connections and compiles the pages. bw_wording_open first. The errors of
 * bw_central_open; BW_NO_MEMORY. The caller closes *desk, whatever is answered. */
BW_NODISCARD enum bw_status bw_web_desk_open(
    struct bw_web_desk *desk, const struct bw_web_setup *setup, struct bw_error *err);
void bw_web_desk_close(struct bw_web_desk *desk);

/* The office's own desk, whose guard lets people in: itself, or that which this practice
 * series is opened at. */
struct bw_web_desk *bw_web_desk_root(struct bw_web_desk *desk);

/* What works beside the desk (work.h) have come to. What is over is noted, whether
 * anybody looks or not. Can't fail. */
void bw_web_desk_settle(struct bw_web_desk *desk);

/* bw_web_errand_settled, and what follows for the desk where that put another database in
 * the place of this one: what was done last is no step here, files that wait to be
 * imported were looked at beside other people, and kiosks are to hear. */
bool bw_web_desk_errand_settled(struct bw_web_desk *desk, struct bw_web_errand *errand,
    int wait_ms, struct bw_web_work_state *ret_state);

enum bw_web_method { BW_WEB_GET, BW_WEB_POST, BW_WEB_OTHER };

/* A request as it came: hostile. NULL is a header that didn't come. */
struct bw_web_asked {
    enum bw_web_method method;
    const char *target;
    const char *host, *origin, *cookie, *content_type, *site; /* Sec-Fetch-Site */
    const char *body;
    size_t body_bytes;
    bool too_large; /* the body was longer than may be, and nothing of it is kept */
};

/* What is answered. Zeroed is empty. */
struct bw_web_reply {
    int status; /* of HTTP */
    const char *type;
    char *body; /* owned; NULL where `lent` is the body */
    const char *lent;
    size_t bytes;
    bool personal; /* it may not be kept by anybody */
    bool stream;   /* of events: it begins with the body, and goes on (server.h) */
    int again_s;   /* the browser is to ask again after so long; 0: never */
    char location[BW_WEB_TARGET_BYTES_MAX]; /* of a redirect; "" */
    char cookie[BW_WEB_KEY_BYTES + 128];    /* to be set; "" */
    char download[BW_LABEL_BYTES];          /* the file's name; "" */
};

/* Answers one request; what goes wrong is answered too, as a page. Never fails: without
 * memory it is 500 with no body. The caller finishes *ret_reply. */
void bw_web_answer(struct bw_web_desk *desk, const struct bw_web_asked *asked,
    struct bw_web_reply *ret_reply);
void bw_web_reply_finish(struct bw_web_reply *reply);

/* How long a body of this request may be: who is in may bring files, all else is a form.
 * Its body isn't looked at. */
size_t bw_web_body_most(struct bw_web_desk *desk, const struct bw_web_asked *asked);

/* Makes the digest of Live anew; *ret_news tells whether it is another one. The errors of
 * bw_status_read. */
BW_NODISCARD enum bw_status bw_web_desk_look(
    struct bw_web_desk *desk, bool *ret_news, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
