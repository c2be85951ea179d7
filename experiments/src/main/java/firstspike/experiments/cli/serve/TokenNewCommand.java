package firstspike.experiments.cli.serve;

import firstspike.driver.credential.CredentialException;
import firstspike.driver.server.access.NewToken;
import firstspike.driver.server.access.Role;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Durations;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a token, prints it once, and appends its line to the token file of a server. */
@Command(
        name = "new",
        header = "Makes a token, prints it once, and appends its line to the token file of a server.",
        description = {
            "",
            "The token is on standard output and nowhere else; the file holds its SHA-256. A running server",
            "reads the file again when it changes. The user stores the token alone in a file of mode 0600",
            "and names that file in the target: grpcs://lab:7007?token_file=FILE."
        },
        footer = {
            "  firstspike token new --user ada --expires 90d --file tokens.txt",
            "  firstspike token new --user lab-admin --role operator --expires never --file tokens.txt"
        })
final class TokenNewCommand extends Action {

    private static final String NEVER = "never";
    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "Whose it is.")
    String user;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "user",
            description = "user, or operator: also releases leases and cancels what others run (default: user).")
    Role role = Role.USER;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "90d",
            description = "After how long it ends, or never (default: 90d).")
    String expires = "90d";

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "Token file of the server; made with mode 0600 when it is not there.")
    Path file;

    @Override
    protected int run(Environment environment, Console console) {
        Optional<Instant> end = end();
        String token;
        try {
            token = NewToken.append(file, user, role, end);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        } catch (IOException e) {
            throw new CredentialException(e);
        }
        String until = end.map(Instant::toString).orElse(NEVER);
        String named = role.name().toLowerCase(Locale.ROOT);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.token/1");
        tree.put("user", user);
        tree.put("role", named);
        tree.put("expires", until);
        tree.put("file", file.toString());
        tree.put("token", token);
        console.object(tree);
        console.line(token);
        console.message("token of " + user + " (" + named + "), expires " + until + ", in " + file
                + "; it is shown only this once");
        return DONE;
    }

    private Optional<Instant> end() {
        if (expires.equals(NEVER)) {
            return Optional.empty();
        }
        Duration life;
        try {
            life = new Durations().convert(expires);
        } catch (picocli.CommandLine.TypeConversionException e) {
            throw new UsageException("--expires: " + e.getMessage());
        }
        if (life.toSeconds() < 1 || life.compareTo(LONGEST) > 0) {
            throw new UsageException("--expires: " + expires + " (limit: 1s to " + LONGEST.toDays()
                    + "d, or never); write for example 90d");
        }
        return Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(life));
    }
}
