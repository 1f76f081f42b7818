package legible.digits.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "1,234.56 1234.56",
        "1.234,56 1234.56",
        "1234- 1234",
        "1.234,- 1234",
        "1234/100 12.34",
        "***12.50* 12.50",
        "$7 7",
        "12.345.678 12345678",
        "19.571.- 19571",
        "25.574. 25574"
      })
  void amounts(String text, String amount) {
    assertEquals(amount, Amount.of(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1,2", "12,34,56", "1.2345", "12*34", "12/34", "1$2"})
  void otherTexts(String text) {
    assertTrue(Amount.of(text).isEmpty(), text);
  }

  @Test
  void centsAreOptional() {
    assertEquals("", Amount.of("12").orElseThrow().cents());
    assertEquals("05", Amount.of("12,05").orElseThrow().cents());
  }
}
