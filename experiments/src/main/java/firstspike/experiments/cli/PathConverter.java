package firstspike.experiments.cli;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Makes a path of a word of the command line, and says in a sentence why one cannot be made.
 *
 * <p>Java names files in the character set of the locale it was started under; the launcher gives it UTF-8, another way
 * to start it may not.
 */
final class PathConverter implements ITypeConverter<Path> {

    /** Stands in a word where its bytes were none of the locale's character set. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String charset;

    /** A converter for the character set that this Java names files in. */
    PathConverter() {
        this(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
    }

    PathConverter(String charset) {
        this.charset = charset;
    }

    @Override
    public Path convert(String word) {
        if (word.indexOf(REPLACEMENT) >= 0) {
            throw new TypeConversionException(refusal(word));
        }
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(refusal(word));
        }
    }

    private String refusal(String word) {
        if (word.indexOf('\0') >= 0) {
            return "path " + word.replace("\0", "\\0") + " holds a zero byte, which no file's name can; leave it out";
        }
        return "path " + word + " has letters that are not in the character set " + charset
                + ", in which Java names files here; rename the file, or set LC_ALL=C.UTF-8";
    }
}
