package dev.bosky.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({"0,0", "4096,4096", "256K,262144", "1M,1048576", "2G,2147483648"})
  void parse_readsANumberAndAUnit(String text, long expected) {
    assertEquals(new ByteSize(expected), ByteSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "-1", "1.5M", "1 M", "1m", "1MB", "9999999999"})
  void parse_refusesAnythingElse(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
    assertEquals(
        "'" + text + "' is no size; write a number of bytes, such as 4096, 256K or 1M",
        e.getMessage());
  }
}
