/* What a program says of itself, answers, notes and errors, in its reader's language: by
 * gettext, with the English sentence of the source as the key. Each program has a
 * catalogue (brugwachter-office-nl), and core, which both speak with, has its own
 * (brugwachter-core-nl). English needs none.
 *
 * A sentence may have printf's conversions. A translation is only taken where it has the
 * same ones, in the same order: no catalogue decides what printf reads. Errors are said
 * so by themselves (error.h). */
#ifndef BRUGWACHTER_SAID_H
#define BRUGWACHTER_SAID_H

/* Marks words in a table that are said later, for xgettext. */
#define BW_SAYS(text) text

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the catalogues from `folder` (LANGUAGE/LC_MESSAGES/ in it), of `program`:
 * "office". Sets the process's LC_MESSAGES and LANGUAGE, which no locale of the machine
 * has to be there for; strerror stays English, and bw_said says it. Before any thread is
 * started; until then, and where none are in the folder, all is said in English. The
 * texts are copied. */
void bw_said_open(const char *folder, const char *program);

/* What this thread speaks from now on: "nl", or "en" for this and any other code. */
void bw_said_speak(const char *code);
/* What threads speak that were told nothing; English at first. Before any is started. */
void bw_said_speak_all(const char *code);
/* What this thread speaks: "en", "nl". Static. */
const char *bw_said_spoken(void);

/* What the user's environment asks for, as gettext reads it: LANGUAGE, unless the locale
 * (LC_ALL, LC_MESSAGES or LANG) is C; else the locale; "en" where it asks for a language
 * that isn't spoken here. Before bw_said_open, which sets LANGUAGE. Static. */
const char *bw_said_of_locale(void);

/* What a program's words ask for: the value of the last --language that stands among them
 * and is spoken here; NULL where none does. So that wrong use is told in it, too.
 * Static. */
const char *bw_said_asked(int argc, char *const argv[]);

/* Where this thread's sentences are read from now on: NULL, as at first, at a terminal;
 * "desk": in a page, where no command can be typed. A catalogue of that name
 * (brugwachter-desk-nl, and -en: English too), bound by who opens it, goes before the
 * program's; a sentence of it may leave out the last values that the source's own reads.
 * Borrowed for good. */
void bw_said_read_in(const char *place);

/* The sentence in the thread's language; itself where no catalogue has it. Static, or
 * `text`. Any thread, once bw_said_open is done. */
const char *bw_said(const char *text) __attribute__((format_arg(1)));

#ifdef __cplusplus
}
#endif

#endif
