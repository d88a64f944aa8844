package io.procmodel.logplex.drain;

/**
 * What a target tells its peer about a batch.
 *
 * @param id the batch, the same on every retry: 32 hexadecimal digits
 * @param messages how many messages it has, notices included
 * @param lines how many lines of the app are in them
 * @param dropped how many lines were dropped before it, and are told by a notice in it (Heroku: L10)
 * @param lost how many lines could not be delivered before it, likewise (Heroku: L13)
 */
public record Delivery(String id, int messages, int lines, long dropped, long lost) {}
