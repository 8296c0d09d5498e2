/* The desk of a test's office, asked without a socket. */
#ifndef BW_TESTS_WEB_DESK_HELP_H
#define BW_TESTS_WEB_DESK_HELP_H

#include "tests/sync/office_help.h"

#include "web/desk/desk.h"

enum { DESK_PORT = 8190 };

struct browser {
    struct bw_web_desk desk;
    struct bw_web_reply reply; /* the last one */
    int64_t mono_ms;           /* the desk's clock, which stands */
    int64_t wall_ms;
    char key_path[192];     /* on a server: the office's keys */
    struct office practice; /* whose database is the practice series' */
    char
        cookie[BW_WEB_KEY_BYTES + 32]; /* as the browser sends it; "" before desk_enter */
    char token[BW_WEB_KEY_BYTES];
};

/* Opens it on the office's database, at OFFICE_DAY; fails the test where that fails. */
void desk_open(struct browser *desk, const struct office *office);
void desk_close(struct browser *desk);
/* The same behind a proxy: with its address and the file of the password. */
void desk_open_behind(struct browser *desk, const struct office *office,
    const char *base_url, const char *password_file);

/* Opens a session by a new link, as a browser would. */
void desk_enter(struct browser *desk);

/* Asks for a page; its status. The body is desk_body. */
int desk_get(struct browser *desk, const char *target);
/* Sends a form, with the token in front, as a page of the desk would. */
int desk_post(struct browser *desk, const char *target, const char *form);
/* The same of a body that has all that is sent, the token too. */
int desk_send(struct browser *desk, const char *target, const char *body);
/* Files, as a browser gives them with a form: name and text of each in turn, `count` of
 * them; `fields` as "soort=aanmeldingen&kring=S-1". */
int desk_give(struct browser *desk, const char *target, const char *fields,
    const char *const files[], int count);
/* One file of any bytes, likewise. */
int desk_give_bytes(struct browser *desk, const char *target, const char *fields,
    const char *name, const void *bytes, size_t length);
/* The files of a folder, likewise; damaged: a bit of each is another one. */
int desk_give_folder(
    struct browser *desk, const char *target, const char *folder, bool damaged);
/* Follows, and again while the desk is busy; the last status. */
int desk_wait(struct browser *desk);
/* Goes where the last answer sends the browser. */
int desk_follow(struct browser *desk);
/* Exactly that. */
int desk_ask(struct browser *desk, const struct bw_web_asked *asked);

/* The last page; "" where there's none. Until the next. */
const char *desk_body(const struct browser *desk);
/* It holds this; or it doesn't. Fails the test where that is otherwise. */
void desk_shows(const struct browser *desk, const char *text);
void desk_hides(const struct browser *desk, const char *text);
/* The value of the hidden field `name` in it, in a buffer that the next call takes. */
const char *desk_field(const struct browser *desk, const char *name);
/* Presses what takes back what the last page says was done. The answer's status. */
int desk_undo(struct browser *desk);
/* What the form of a group of settings was drawn with, on their page; "": the
 * organiser's. In a buffer that the next call takes. */
const char *desk_seen(const struct browser *desk, const char *group);
/* Fetches the page of the settings, and sends the form of "groep=…" (without one the
 * organiser's) with what it was drawn with. The answer's status. */
int desk_keep(struct browser *desk, const char *form);

#endif
