/* The pages of the desk: a handler each (visit.h), for the table of answer.c. Each
 * answers what it says, or fails with the status and sentence of what it called. One
 * thread. */
#ifndef BW_WEB_PAGES_H
#define BW_WEB_PAGES_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

bw_web_page bw_web_page_enter;             /* the link that opens the desk */
bw_web_page bw_web_page_enter_by_password; /* POST: the password does */
bw_web_page bw_web_page_leave;             /* POST: ends the session */
bw_web_page bw_web_page_language;          /* POST: nl or en */
bw_web_page bw_web_page_keys;
bw_web_page bw_web_page_today;
bw_web_page bw_web_page_circles;      /* ?zoek= &staat= &sorteer= */
bw_web_page bw_web_page_circle;       /* ?lijst= &zoek= &sorteer= */
bw_web_page bw_web_page_deed;         /* POST: shown first, then done */
bw_web_page bw_web_page_circle_list;  /* POST: of its people, for Excel */
bw_web_page bw_web_page_circle_edit;  /* its times and place */
bw_web_page bw_web_page_circle_new;   /* one by hand; POST: shown, then made */
bw_web_page bw_web_page_circle_deed;  /* POST: called off, moved, closed, opened again */
bw_web_page bw_web_page_import;       /* ?kring= */
bw_web_page bw_web_page_import_given; /* POST: files */
bw_web_page bw_web_page_draft;        /* what was understood, and what would change */
bw_web_page bw_web_page_draft_answered; /* POST: answers; taken over; thrown away */
bw_web_page bw_web_page_search;         /* ?q= */
bw_web_page bw_web_page_several;        /* who has places in several circles */
bw_web_page bw_web_page_person;
bw_web_page bw_web_page_person_deed;      /* POST: joined with another, or forgotten */
bw_web_page bw_web_page_person_place;     /* to another circle; POST: shown, then done */
bw_web_page bw_web_page_people_place;     /* POST: several from a circle, likewise */
bw_web_page bw_web_page_person_join;      /* two records side by side */
bw_web_page bw_web_page_person_correct;   /* name, address, school: put right by hand */
bw_web_page bw_web_page_person_colleague; /* a colleague instead, likewise */
bw_web_page bw_web_page_live;
bw_web_page bw_web_page_live_big;   /* for the wall: no names, and it asks by itself */
bw_web_page bw_web_page_evacuation; /* who is inside, by name */
bw_web_page bw_web_page_stream;     /* that something of Live is news */
bw_web_page bw_web_page_mail;
bw_web_page bw_web_page_practice; /* POST: opened, left, thrown away */
bw_web_page bw_web_page_kiosks;
bw_web_page bw_web_page_kiosk_new;   /* ?kring= ?zuil= */
bw_web_page bw_web_page_kiosk_deed;  /* POST: out of service; an introduction taken */
bw_web_page bw_web_page_kiosk_sent;  /* POST: the form of a new one, to look at, or … */
bw_web_page bw_web_page_kiosk_stick; /* … files that a kiosk wrote */
bw_web_page
    bw_web_page_mail_back; /* POST: told by voice; or what was written never went */
bw_web_page bw_web_page_mail_text;      /* the words of one kind of mail */
bw_web_page bw_web_page_mail_text_kept; /* POST: shown, kept, or ours again */
bw_web_page bw_web_page_settings;       /* of an empty office: Welkom */
bw_web_page bw_web_page_settings_kept;  /* POST */
bw_web_page bw_web_page_errand_begin;   /* POST: a command is run (errand.h) */
bw_web_page bw_web_page_errand;         /* how far it is, and its files */
bw_web_page bw_web_page_errand_stop;    /* POST: it stops */
bw_web_page bw_web_page_errand_file;    /* one of its files; "alles": all */
bw_web_page bw_web_page_settle;
bw_web_page bw_web_page_settled; /* POST: a doubt, or an event in quarantine */
bw_web_page bw_web_page_report;
bw_web_page bw_web_page_log;
/* Before each page: notes the newest step (visit.h), so that its forms are of no older
 * state than they say (part/stale.h). What the database doesn't answer is left out. */
void bw_web_visit_begin(struct bw_web_visit *visit);
/* Geschiedenis; for who came second to take a step back: which step did it, else 0. */
BW_NODISCARD enum bw_status bw_web_log_show(
    struct bw_web_visit *visit, int64_t undone_by, struct bw_error *err);
bw_web_page bw_web_page_undo; /* POST: a step is taken back */

#ifdef __cplusplus
}
#endif

#endif
