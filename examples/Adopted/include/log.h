/* Messages with a level; those below CONFIG_LOG_LEVEL are not even compiled in. All of them are kept in a ring. */
#pragma once

enum log_level { LOG_ERROR, LOG_INFO, LOG_DEBUG };

#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)
#define log_info(...)  ((void)(CONFIG_LOG_LEVEL >= 1 ? log_write(LOG_INFO, __VA_ARGS__) : 0))
#define log_debug(...) ((void)(CONFIG_LOG_LEVEL >= 2 ? log_write(LOG_DEBUG, __VA_ARGS__) : 0))

int log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
unsigned log_count(enum log_level level);
void log_ring_add(const char *line);
void log_replay(unsigned last); /* prints the last lines again */
