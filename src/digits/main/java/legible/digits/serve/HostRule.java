package legible.digits.serve;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which names of this server are believed. A page of another site can give its own name this
/// machine's address (DNS rebinding) and then send requests here as if to itself; but the requests
/// still carry its name in the header Host. So a name must be known; an address cannot be rebound.
final class HostRule {
  /// A name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port.
  private static final Pattern HOST =
      Pattern.compile("(?<name>[0-9A-Za-z._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names;

  /// @param names by which clients may call, besides `localhost` and any address
  HostRule(Set<String> names) {
    this.names = names.stream().map(HostRule::lower).collect(Collectors.toUnmodifiableSet());
  }

  /// Checks the values of the header Host.
  ///
  /// @throws HttpFailure 400 without exactly one, 421 (misdirected request) for a name unknown
  void check(List<String> hosts) throws HttpFailure {
    if (hosts.size() != 1) {
      throw new HttpFailure(400, "Host: one header expected, got " + hosts.size());
    }
    Matcher matcher = HOST.matcher(hosts.getFirst());
    if (!matcher.matches()) {
      throw new HttpFailure(400, "Host: a name or an address, and perhaps a port, expected");
    }
    String name = lower(matcher.group("name"));
    if (!name.equals("localhost") && !names.contains(name) && !ADDRESS.matcher(name).matches()) {
      throw new HttpFailure(
          421,
          "Host: localhost, an address or a name that the server was given by --allow-host"
              + " expected, got another name");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
