package firstspike.driver.credential;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file of certificates, keys or tokens cannot be used; the message names the file and never quotes it. */
public final class CredentialException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    /** @param cause what is wrong with which file */
    public CredentialException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
