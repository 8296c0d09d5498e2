/* What the X server says of a key that SDL misreads or keeps to itself.
 *
 * SDL 2 under X11 takes a key that comes again within 2 ms of its release for one that
 * repeats by being held, and forgets the release: at a fast scanner's pace Shift so
 * sticks to the digit after a letter. And a key that equals the last one that a dead key
 * was composed with, in the same millisecond, it takes for that one sent twice: its text
 * comes, its press doesn't. The server's own events, which SDL passes on before it reads
 * them, say how it was; a key that composes passes by SDL alone.
 *
 * No errors: without X11 nothing is ever known. UI thread only. */
#ifndef BW_APP_SERVER_KEYS_H
#define BW_APP_SERVER_KEYS_H

#include <SDL.h>
#include <stdbool.h>

struct bw_server_keys {
    bool known;           /* the server said something yet */
    bool shift;           /* it was down when the last key was */
    bool pressed;         /* the server's last press, of which SDL said nothing yet */
    SDL_Keysym composing; /* the last key that SDL alone told of; zero: none yet */
};

/* Asks SDL for the server's events. After SDL_Init. */
void bw_server_keys_listen(void);

/* An SDL_SYSWMEVENT, before SDL's own event of the same key. */
void bw_server_keys_see(struct bw_server_keys *keys, const SDL_SysWMEvent *event);

/* SDL says that a key went down. */
void bw_server_keys_press(struct bw_server_keys *keys, const SDL_Keysym *key);

/* SDL gives a text. True where it kept the press of its key to itself; ret_key: which. */
bool bw_server_keys_text(struct bw_server_keys *keys, SDL_Keysym *ret_key);

#endif
