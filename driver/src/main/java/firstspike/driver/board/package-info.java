/**
 * The board around the chip: DAC channels and supplies behind SPI, and the sensors behind I2C. Start with
 * {@link firstspike.driver.board.SpiTransfer} and {@link firstspike.driver.board.DacChannel}. Everything is immutable.
 * Source: registers.md section 16.
 */
package firstspike.driver.board;
