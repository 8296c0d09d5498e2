/* Kiosks that all come at once, each a process: for the benches of roads. The clock runs
 * from the word to go until the last has ended; what they and the server used of the
 * processor is told beside it, as other programs want it too. */
#ifndef BW_BENCH_ROADS_CROWD_H
#define BW_BENCH_ROADS_CROWD_H

#include <stdbool.h>
#include <sys/types.h>

enum {
    CROWD_MANY = 200,
    CROWD_FEW = 20, /* --quick */
    CROWD_FIRST = 100,
    CROWD_SPARE = 30,
    CROWD_LETTER_BYTES = 9000, /* of 50 events */
};

/* Set by crowd_begin. */
extern int crowd_kiosks;

/* Reads the words of the command. */
void crowd_begin(int argc, char **argv);

/* What kiosk number 0, 1 … puts in that round: a name of its own, and its bytes. */
void crowd_letter(
    int kiosk, int round, char ret_name[64], unsigned char ret_bytes[CROWD_LETTER_BYTES]);

/* Puts one letter, in a process of its own; false: it failed, and that was said. */
typedef bool crowd_put(int kiosk, int round);

/* Who serves them: the process whose children do; and, where they end with the
 * connections, what waits until all of a round's have (NULL: they don't). They end a
 * moment after their kiosks: what they use till then is of that round, and the next
 * would find no place. */
struct crowd_server {
    pid_t pid;
    void (*rest)(void);
};

/* `carrier` beside `bare`, by turns, once unmeasured before; each turn is told as it is
 * over, then the medians, with what stands for each in the sentence. Fails the test where
 * a put does. Judges nothing. */
void crowd_measure(crowd_put *carrier, crowd_put *bare, const char *bare_name,
    const struct crowd_server *server);

#endif
