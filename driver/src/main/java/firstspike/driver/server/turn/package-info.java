/**
 * Who has a shared chip, and what it does next (playback.md 10.4, 14.2, 14.3, 14.5): one {@link
 * firstspike.driver.server.turn.ChipTurns} a chip, a pure state machine on the times that it is given. No threads, clocks
 * or sockets; not thread-safe, its owner holds a lock around every call. Start there; the rules' numbers are in {@link
 * firstspike.driver.server.turn.TurnRules}.
 */
package firstspike.driver.server.turn;
