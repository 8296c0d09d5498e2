/* `brugwachter-kiosk relay COMMAND…`: runs a command, and hands what is said in it to the
 * service manager on, as the service's own process.
 *
 * A session of logind takes all that the service starts out of the service's group of
 * processes, and a service manager listens to those of the group and to the first one
 * alone. What the kiosk says below its compositor would be heard by nobody. One thread;
 * nothing else of the kiosk is in this process. */
#ifndef BW_APP_RELAY_H
#define BW_APP_RELAY_H

/* Runs the command, which ends with NULL, till it ends, and returns its exit status (128
 * and its number for a signal). SIGTERM, SIGINT and SIGHUP are handed on; where this
 * process is killed, the command is too. Without NOTIFY_SOCKET it becomes the command.
 * 3, with a sentence on stderr, where it can't be started; 2 without a command. */
int bw_relay_main(char *const command[]);

#endif
