/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What people paste: a log, listings, attributes, in any mixture, of one system. Each
 * kind of line has a function that takes it or leaves it; what is named only, without its
 * path, waits here until the whole text is read (merge.c).
 */

#include "boots.h"
#include "index.h"
#include "readers.h"
#include "span.h"

/* What a text says of a device that it only names, or of one whose path it has. */
struct saying {
	char *device;          /* "remoteproc0", "virtio0.rpmsg-raw.-1.1024" */
	char *attribute;       /* "state"; NULL: it is there, no more */
#define SAYING_PARENT "parent" /* what it is a child of, which is no attribute */
#define SAYING_BELOW  "below"  /* the path of a device below it */
#define SAYING_NODE   "node"   /* what lies at /dev/NAME: "missing", "no-char", "240:0" */
#define SAYING_DRIVER "driver" /* its driver, after the bus where that is told */
	char *value;
	size_t line;
};

/* What is printed of a directory or a file of sysfs. */
enum asks {
	ASKS_NOTHING, /* none that is of interest */
	ASKS_FILES,   /* of a device */
	ASKS_DRIVER,  /* its link */
	ASKS_UEVENT,
	ASKS_BOUND,   /* of a driver: the devices that are bound to it */
	ASKS_DRIVERS, /* the drivers of a bus */
};

/* Files that a command was asked to print, and whose contents follow. */
struct question {
	char **files; /* "remoteproc0/state"; '*' stands for any number */
	size_t count;
	size_t answered;
	bool whole;  /* the content may have many lines */
	bool spaced; /* a forum put an empty line after each */
};

/* A command that goes over processors, and prints attributes of each in one order. */
#define LOOP_ATTRIBUTES 8
#define LOOP_NUMBERS    32
struct loop {
	const char *attributes[LOOP_ATTRIBUTES];
	size_t count; /* 0: there is none */
	unsigned int numbers[LOOP_NUMBERS];
	size_t number_count; /* 0: all there are */
	char device[32];     /* whose attributes are printed */
	size_t at, next;     /* how many were begun; the attribute that comes next */
	size_t first;        /* of its sayings */
	bool named;          /* it prints the processors' devices, too */
};

/* Lines that speak of this field and were not understood. */
struct odd {
	size_t count;
	char *first; /* escaped */
	size_t line;
};

struct pasted {
	struct text *text;
	struct inventory *inventory;
	struct notice *notice;
	struct saying *sayings;
	size_t saying_count, saying_allocated;
	struct question question;
	struct loop loop;
	char **answers; /* to a question with a '*' */
	size_t answer_count;
	bool listing;    /* names of devices may follow, as ls prints them */
	bool asks_class; /* that of the processors is listed, */
	bool no_class;   /* and empty, */
	bool no_core;    /* or is not there */
	bool asked;      /* a directory of devices was listed, which may be empty */
	bool has_list;   /* something besides the log told of devices */
	bool listed;     /* the line is a path, or a piece of one */
	bool deferred;   /* lines of devices_deferred follow */
	bool cut;        /* the last one is such a line, without its end */
	struct odd odd, prose, commands;
	bool oops;             /* the log has one, elsewhere */
	struct index channels; /* names below the directory of the bus rpmsg */
	bool report;           /* it has the title of one, whose records were cut off */
	size_t current;        /* record that udevadm info is telling of, + 1; 0: none */
	char directory[256];   /* where the user's shell is, as far as it shows */
	char started[32];      /* the processor of the last "echo start" */
	char told[32];         /* the last whose directory was named */
	bool asks_parent; /* the last path that was told of it ends in its link "device"
			   */
	char inside[256]; /* directory that is listed, from its processor on */
	enum asks asks;
	char place[128];   /* the device or "bus/driver" that it asks about */
	char systool[256]; /* the device that systool is telling of */
	struct pieces pieces;
	struct boots boots;
	bool after_log;    /* the line before was one of a log */
	char kernel[128];  /* release, "": not told */
	char machine[128]; /* model, "": not told */
	bool asks_release; /* the line before has uname -r */
	int patience;      /* for how many lines yet its answer may come */
};

int pasted_say(struct pasted *pasted, struct span device, const char *attribute,
	       struct span value);

/* 1: taken, 0: not a line of this kind, or -errno. */
int pasted_take_log(struct pasted *pasted, const struct line *line);
int pasted_take_attribute(struct pasted *pasted, const struct line *line);
int pasted_take_udevadm(struct pasted *pasted, const struct line *line);
int pasted_take_deferred(struct pasted *pasted, const struct line *line);
int pasted_take_shell(struct pasted *pasted, const struct line *line);
int pasted_take_loop(struct pasted *pasted, const struct line *line);
int pasted_take_states(struct pasted *pasted, const struct line *line);
int pasted_take_driver(struct pasted *pasted, const struct line *line);
int pasted_take_link(struct pasted *pasted, const struct line *line);
int pasted_take_names(struct pasted *pasted, const struct line *line);
int pasted_take_inside(struct pasted *pasted, const struct line *line);
int pasted_take_systool(struct pasted *pasted, const struct line *line);
int pasted_take_node(struct pasted *pasted, const struct line *line);
int listing_take(struct text *text, struct inventory *inventory, struct notice *notice,
		 const struct line *line);
int find_take(struct pasted *pasted, const struct line *line);

/* Notes, before the first line is taken, which names are of the bus rpmsg: find may print
 * the devices first. 0 or -ENOMEM. */
int find_prepare(struct pasted *pasted);

/* Counts a line of no known kind, if it speaks of this field. */
/* A state without the number that debugfs has after it, "running (2)". */
struct span attribute_state(struct span text);

int pasted_take_odd(struct pasted *pasted, const struct line *line);

/* -EBADMSG, with what was seen and what is readable as the notice. */
int pasted_refuse(struct pasted *pasted);

/* Sets the notice of a text that was read, where part of it was not, and the fact that is
 * left of that. 0 or -ENOMEM. */
int pasted_tell(struct pasted *pasted);

/* Notes what a line says of its system, and takes it from nobody; what was noted becomes
 * facts. 0 or -ENOMEM. */
void pasted_note_system(struct pasted *pasted, const struct line *line);
int pasted_tell_system(const struct pasted *pasted);

/* The processors that ls has named so far; false: there are more or fewer. */
bool pasted_find_listed(const struct pasted *pasted, char (*ret_names)[32], size_t count);

/* Gives the answers to the question with a '*'. */
int pasted_end_question(struct pasted *pasted);

/* The same for a loop over a '*'. */
int pasted_end_loop(struct pasted *pasted);

/* What is said of devices becomes records, together with what the log tells. */
int pasted_merge(struct pasted *pasted);
